# bash completion for s3conn, made by 's3conn completion bash'
_s3conn() {
  local current=${COMP_WORDS[COMP_CWORD]} command='' options='' word value=''
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [ -n "$value" ]; then value=''; continue; fi
    case $word in --profile|--region|--endpoint-url|--addressing|--config|--ca-bundle|--output|--max-attempts|--connect-timeout|--read-timeout) value=next ;; -*) ;; *) command=$word; break ;; esac
  done
  case $command in
    '') options='create-bucket mb list-buckets head-bucket delete-bucket rb put-object put get-object get head-object stat list-objects ls copy cp copy-object move mv move-object delete rm delete-object cat presign version completion help' ;;
    create-bucket|mb) options='' ;;
    list-buckets) options='' ;;
    head-bucket) options='' ;;
    delete-bucket|rb) options='' ;;
    put-object|put) options='--content-type --content-encoding --content-disposition --content-language --cache-control --metadata --tag --storage-class --acl --sse --sse-kms-key-id --sse-c-key --if-none-match --no-clobber --if-match --dry-run' ;;
    get-object|get) options='--version-id --if-match --sse-c-key --range --if-none-match --no-clobber --dry-run' ;;
    head-object|stat) options='--version-id --if-match --sse-c-key' ;;
    list-objects|ls) options='--prefix --delimiter --max-keys --continuation-token --start-after' ;;
    copy|cp|copy-object) options='--version-id --source-if-match --source-if-none-match --source-if-modified-since --source-if-unmodified-since --source-sse-c-key --content-type --content-encoding --content-disposition --content-language --cache-control --metadata --tag --storage-class --acl --sse --sse-kms-key-id --sse-c-key --if-none-match --no-clobber --if-match --dry-run' ;;
    move|mv|move-object) options='--version-id --source-if-match --source-if-none-match --source-if-modified-since --source-if-unmodified-since --source-sse-c-key --content-type --content-encoding --content-disposition --content-language --cache-control --metadata --tag --storage-class --acl --sse --sse-kms-key-id --sse-c-key --if-none-match --no-clobber --if-match --dry-run' ;;
    delete|rm|delete-object) options='' ;;
    cat) options='--version-id --if-match --sse-c-key --range' ;;
    presign) options='--method --expires-in --version-id --content-type' ;;
    version) options='' ;;
    completion) options='' ;;
    help) options='--globals --all --as' ;;
  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$options -h --help --version --profile --region --endpoint-url --addressing --no-sign-request --request-payer --config --ca-bundle --output --max-attempts --connect-timeout --read-timeout -v --verbose -q --quiet" -- "$current")) ;;
    *) if [ -z "$command" ]; then COMPREPLY=($(compgen -W "$options" -- "$current"))
       else COMPREPLY=($(compgen -f -- "$current")); fi ;;
  esac
}
complete -o filenames -F _s3conn s3conn

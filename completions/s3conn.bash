# bash completion for s3conn, made by 's3conn completion bash'
_s3conn() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local command='' options='' choices='' word value=''
  if [ "$current" = = ]; then current=''
  elif [ "$previous" = = ]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [ -n "$value" ]; then [ "$word" = = ] || value=''; continue; fi
    case $word in --profile|--region|--endpoint-url|--addressing|--config|--ca-bundle|--output|--max-attempts|--connect-timeout|--read-timeout) value=next ;; -*) ;; *) command=$word; break ;; esac
  done
  case $command in
    '') options='create-bucket mb list-buckets head-bucket delete-bucket rb put-object put get-object get head-object stat list-objects ls copy cp copy-object move mv move-object delete rm delete-object cat restore presign serve regions version completion help' ;;
    create-bucket|mb) options='' ;;
    list-buckets) options='' ;;
    head-bucket) options='' ;;
    delete-bucket|rb) options='--force --yes --dry-run' ;;
    put-object|put) options='--content-type --content-encoding --content-disposition --content-language --cache-control --metadata --tag --storage-class --acl --sse --sse-kms-key-id --sse-c-key --if-none-match --no-clobber --if-match --dry-run' ;;
    get-object|get) options='--version-id --if-match --sse-c-key --range --if-none-match --no-clobber --dry-run' ;;
    head-object|stat) options='--version-id --if-match --sse-c-key' ;;
    list-objects|ls) options='--prefix --delimiter --max-keys --continuation-token --start-after' ;;
    copy|cp|copy-object) options='--version-id --source-if-match --source-if-none-match --source-if-modified-since --source-if-unmodified-since --source-sse-c-key --content-type --content-encoding --content-disposition --content-language --cache-control --metadata --tag --storage-class --acl --sse --sse-kms-key-id --sse-c-key --if-none-match --no-clobber --if-match --dry-run' ;;
    move|mv|move-object) options='--version-id --source-if-match --source-if-none-match --source-if-modified-since --source-if-unmodified-since --source-sse-c-key --content-type --content-encoding --content-disposition --content-language --cache-control --metadata --tag --storage-class --acl --sse --sse-kms-key-id --sse-c-key --if-none-match --no-clobber --if-match --dry-run' ;;
    delete|rm|delete-object) options='--version-id --if-match --dry-run' ;;
    cat) options='--version-id --if-match --sse-c-key --range' ;;
    restore) options='--days --tier --version-id --dry-run' ;;
    presign) options='--method --expires-in --version-id --content-type' ;;
    serve) options='--address --port --tls-cert --tls-key --read-only' ;;
    regions) options='' ;;
    version) options='' ;;
    completion) options='' ;;
    help) options='--globals --all --as' ;;
  esac
  case $command:$previous in
    put-object:--storage-class|put:--storage-class) choices='STANDARD REDUCED_REDUNDANCY GLACIER STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING DEEP_ARCHIVE OUTPOSTS GLACIER_IR SNOW EXPRESS_ONEZONE FSX_OPENZFS' ;;
    put-object:--acl|put:--acl) choices='private public-read public-read-write authenticated-read aws-exec-read bucket-owner-read bucket-owner-full-control' ;;
    put-object:--sse|put:--sse) choices='AES256 aws:kms aws:kms:dsse' ;;
    copy:--storage-class|cp:--storage-class|copy-object:--storage-class) choices='STANDARD REDUCED_REDUNDANCY GLACIER STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING DEEP_ARCHIVE OUTPOSTS GLACIER_IR SNOW EXPRESS_ONEZONE FSX_OPENZFS' ;;
    copy:--acl|cp:--acl|copy-object:--acl) choices='private public-read public-read-write authenticated-read aws-exec-read bucket-owner-read bucket-owner-full-control' ;;
    copy:--sse|cp:--sse|copy-object:--sse) choices='AES256 aws:kms aws:kms:dsse' ;;
    move:--storage-class|mv:--storage-class|move-object:--storage-class) choices='STANDARD REDUCED_REDUNDANCY GLACIER STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING DEEP_ARCHIVE OUTPOSTS GLACIER_IR SNOW EXPRESS_ONEZONE FSX_OPENZFS' ;;
    move:--acl|mv:--acl|move-object:--acl) choices='private public-read public-read-write authenticated-read aws-exec-read bucket-owner-read bucket-owner-full-control' ;;
    move:--sse|mv:--sse|move-object:--sse) choices='AES256 aws:kms aws:kms:dsse' ;;
    restore:--tier) choices='Standard Bulk Expedited' ;;
    presign:--method) choices='GET PUT DELETE HEAD' ;;
    help:--as) choices='text markdown man' ;;
    *:--region) choices='us-east-2 us-east-1 us-west-1 us-west-2 af-south-1 ap-east-1 ap-southeast-3 ap-south-1 ap-northeast-3 ap-northeast-2 ap-southeast-1 ap-southeast-2 ap-northeast-1 ca-central-1 eu-central-1 eu-west-1 eu-west-2 eu-south-1 eu-west-3 eu-north-1 me-south-1 sa-east-1' ;;
    *:--addressing) choices='auto path virtual' ;;
    *:--output) choices='auto json ndjson text' ;;
  esac
  case $choices:$current in
    ?*:*) COMPREPLY=($(compgen -W "$choices" -- "$current")) ;;
    :-*) COMPREPLY=($(compgen -W "$options -h --help --version --profile --region --endpoint-url --addressing --no-sign-request --request-payer --config --ca-bundle --output --max-attempts --connect-timeout --read-timeout -v --verbose -q --quiet" -- "$current")) ;;
    *) if [ -z "$command" ]; then COMPREPLY=($(compgen -W "$options" -- "$current"))
       else COMPREPLY=($(compgen -f -- "$current")); fi ;;
  esac
}
complete -o filenames -F _s3conn s3conn

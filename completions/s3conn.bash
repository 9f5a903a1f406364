# bash completion for s3conn, made by 's3conn completion bash'
_s3conn() {
  local current=${COMP_WORDS[COMP_CWORD]} command='' options='' word value=''
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [ -n "$value" ]; then value=''; continue; fi
    case $word in --profile|--region|--endpoint-url|--addressing|--config|--ca-bundle|--output|--max-attempts|--connect-timeout|--read-timeout) value=next ;; -*) ;; *) command=$word; break ;; esac
  done
  case $command in
    '') options='create-bucket mb list-buckets head-bucket delete-bucket rb put-object put get-object get head-object stat list-objects ls delete rm delete-object version completion help' ;;
    create-bucket|mb) options='' ;;
    list-buckets) options='' ;;
    head-bucket) options='' ;;
    delete-bucket|rb) options='' ;;
    put-object|put) options='' ;;
    get-object|get) options='' ;;
    head-object|stat) options='' ;;
    list-objects|ls) options='--prefix --delimiter --max-keys --continuation-token --start-after' ;;
    delete|rm|delete-object) options='' ;;
    version) options='' ;;
    completion) options='' ;;
    help) options='--globals --all --as' ;;
  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$options -h --help --version --profile --region --endpoint-url --addressing --no-sign-request --config --ca-bundle --output --max-attempts --connect-timeout --read-timeout -v --verbose -q --quiet" -- "$current")) ;;
    *) if [ -z "$command" ]; then COMPREPLY=($(compgen -W "$options" -- "$current"))
       else COMPREPLY=($(compgen -f -- "$current")); fi ;;
  esac
}
complete -o filenames -F _s3conn s3conn

# shellcheck shell=bash
# What the scripts that start servers share. A script sources this file, sets the two lists below, defines
# `start_server`, which starts the server in $folder on $port (and $tls_port, if that is not empty) and ends
# with `write_env`; and then calls `server_main "$@"`.
# Exit status: 0, 1 failed, 2 usage, 3 packages missing, 4 the folder is in use, 5 a port is in use.
# shellcheck disable=SC2034 # some of what is set here is for the sourcing script

packages=() # the Debian packages that hold it
programs=() # the programs it cannot do without

# Debian's own python: it is the one that has the servers' modules.
python=/usr/bin/python3

folder=
port=0
tls_port=

# give_up STATUS MESSAGE
give_up() {
  echo "${0##*/}: $2" >&2
  exit "$1"
}

server_main() {
  case ${1-}/$# in
    packages/1) echo "${packages[@]}" ;;
    installed/1) all_installed ;;
    up/[234])
      all_installed || give_up 3 "packages not installed (${packages[*]})"
      port=${3:-0} tls_port=${4-}
      bring_up "$2"
      ;;
    down/2)
      [ -d "$2" ] || give_up 2 "no such folder: $2"
      folder=$(cd "$2" && pwd -P)
      stop_all
      ;;
    *)
      echo "usage: ${0##*/} up FOLDER [PORT] [TLS_PORT] | down FOLDER | packages | installed" >&2
      exit 2
      ;;
  esac
}

all_installed() {
  local program
  for program in "${programs[@]}"; do
    command -v "$program" >/dev/null || return 3
  done
}

bring_up() {
  mkdir -p "$1"
  folder=$(cd "$1" && pwd -P)
  # Such a character would end the value, or mean something else, in a configuration file.
  case $folder in *[[:space:]\$,\;\#%\"\'\\]*) give_up 2 "a folder with this name cannot be used: $folder" ;; esac
  [ -z "$(our_processes)" ] || give_up 4 "$folder is in use; '${0##*/} down' first"
  rm -rf "$folder"/{run,log,env}
  mkdir -p "$folder"/{run,log}
  export TMPDIR=$folder/run

  trap undo_failed_start EXIT
  start_server
  trap - EXIT
  cat "$folder/env"
}

# A start that fails, or is interrupted, leaves no process behind, and shows what the servers said last.
undo_failed_start() {
  echo "${0##*/}: could not start; the last lines of the logs:" >&2
  tail -n 3 "$folder"/log/* >&2 2>/dev/null || true
  # A process that was being launched has no mark yet, but is our child.
  jobs -p | tac | xargs -r kill -TERM 2>/dev/null || true
  stop_all || true
}

# launch NAME COMMAND...: in the background, with its output in $folder/log/NAME; the number of the process is
# in $launched, and in $folder/run/processes. It gets a session of its own, where no terminal's Ctrl-C reaches
# it, and none of the caller's descriptors: who reads a pipe of ours to its end must not wait for a server.
launch() {
  local name=$1
  shift
  (
    for descriptor in /proc/"$BASHPID"/fd/*; do
      descriptor=${descriptor##*/}
      [ "$descriptor" -le 2 ] || eval "exec $descriptor>&-"
    done
    export S3CONN_SERVER_FOLDER=$folder
    exec setsid "$@" >>"$folder/log/$name" 2>&1 </dev/null
  ) &
  launched=$!
  echo "$launched" >>"$folder/run/processes"
}

# run NAME COMMAND...: a step of the start, which may take a minute. It is launched like a server, so that it
# ends with the servers when the start is interrupted.
run() {
  launch "$1" timeout 60 "${@:2}"
  wait "$launched"
}

# is_ours PID: alive, and not a stranger that has been given the number since; `launch` marks our processes in
# their environment.
is_ours() {
  tr '\0' '\n' <"/proc/$1/environ" | grep -qxF "S3CONN_SERVER_FOLDER=$folder"
} 2>/dev/null

# The numbers of what still runs, the last started first.
our_processes() {
  local pid
  [ -f "$folder/run/processes" ] || return 0
  for pid in $(tac "$folder/run/processes"); do
    ! is_ours "$pid" || echo "$pid"
  done
}

stop_all() {
  local pid status=0
  for pid in $(our_processes); do
    stop "$pid" || status=1
  done
  return $status
}

stop() {
  kill -TERM "$1" || true
  has_ended "$1" 5 && return
  kill -KILL "$1" || true
  has_ended "$1" 2 && return
  echo "${0##*/}: process $1 does not end" >&2
  return 1
}

# has_ended PID SECONDS: within so many seconds.
has_ended() {
  local tries=$(($2 * 20))
  while is_ours "$1"; do
    [ $tries -gt 0 ] || return 1
    tries=$((tries - 1))
    sleep 0.05
  done
}

# wait_until_it_answers PID URL: until the process answers a GET; at most 60 seconds.
wait_until_it_answers() {
  local end=$((SECONDS + 60))
  until answers "$2"; do
    is_ours "$1" || give_up 1 "the process of $2 ended early"
    [ $SECONDS -lt $end ] || give_up 1 "no answer from $2"
    sleep 0.05
  done
}

answers() {
  "$python" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=5).read()' "$1"
} 2>/dev/null

# pick_ports WANTED...: a line with a port of 127.0.0.1 for each; 0 asks for any free one. All are held until
# the last is found, so no two are the same.
pick_ports() {
  "$python" - "$@" <<'PYTHON'
import socket, sys

held = []
for wanted in sys.argv[1:]:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", int(wanted)))
        listener.listen(1)
    except OSError as error:
        sys.exit("port %s: %s" % (wanted, error))
    held.append(listener)
print(*[listener.getsockname()[1] for listener in held])
PYTHON
}

# random_hex BYTES, random_base64 BYTES: a multiple of three bytes needs no padding.
random_hex() { od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }
random_base64() { head -c "$1" /dev/urandom | base64 -w 0; }

# write_env LINE...: what a client needs to know, in $folder/env.
write_env() {
  (umask 077 && printf '%s\n' "$@" >"$folder/env")
}

# shellcheck shell=bash
# What the scripts of this folder share. Each takes another S3 client through its round trips on the server of
# tests/servers/with-server (S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, S3_REGION); a script sources this file, calls
# `begin CLIENT`, and ends with `finish`. Exit status: 0, 1 something was not as it should be, 77 no such client.
set -euo pipefail

failures=0
checks=0

# begin PROGRAM: an empty HOME with some files of every kind in it, and nothing of the user's settings.
begin() {
  client=$1
  # Debian's, whatever else is installed.
  PATH=/usr/bin:/bin:$PATH
  if ! command -v "$client" >/dev/null; then
    echo "skipped: $client: not installed"
    exit 77
  fi
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cd "$work"
  unset "${!AWS_@}" "${!S3CONN_@}" "${!RCLONE_@}"
  export HOME=$work LC_ALL=C.UTF-8
  # shellcheck disable=SC2034 # for the script
  bucket=round-trips-$client

  echo 'hello, store' >small
  : >empty
  head -c 13000000 /dev/urandom >large
  mkdir -p tree/deep/er 'tree/with space'
  echo one >tree/one
  echo two >tree/deep/two.txt
  echo three >'tree/deep/er/é+&%41.html'
  echo four >'tree/with space/four  4'
  head -c 6000000 /dev/urandom >tree/deep/large
}

# expect WHAT EXPECTED ACTUAL
expect() {
  checks=$((checks + 1))
  [ "$2" != "$3" ] || return 0
  failures=$((failures + 1))
  printf '%s: %s:\n  expected: %s\n  is:       %s\n' "$client" "$1" "$2" "$3" >&2
}

# succeeds WHAT COMMAND...
succeeds() {
  local what=$1 said
  shift
  checks=$((checks + 1))
  if ! said=$("$@" 2>&1); then
    failures=$((failures + 1))
    printf '%s: %s: failed: %s\n%s\n' "$client" "$what" "$*" "$said" >&2
  fi
}

# fails WHAT PATTERN COMMAND...: and says so.
fails() {
  local what=$1 pattern=$2 said
  shift 2
  checks=$((checks + 1))
  if said=$("$@" 2>&1) || [[ $said != *$pattern* ]]; then
    failures=$((failures + 1))
    printf '%s: %s: no failure with %s:\n%s\n' "$client" "$what" "$pattern" "$said" >&2
  fi
}

same() { # same WHAT FILE_OR_FOLDER FILE_OR_FOLDER
  succeeds "$1" diff -r "$2" "$3"
}

finish() {
  echo "$client: $checks checks, $failures failures"
  [ $checks -gt 0 ] && [ $failures = 0 ]
}

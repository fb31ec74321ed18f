# What both guides share: each command is shown, run, and must end with the exit status that stands before it.

say() { printf '\n# %s\n' "$*"; }

# run STATUS COMMAND [ARGUMENT...]
run() {
  wanted=$1
  shift
  printf '\n$ %s\n' "$*"
  status=0
  "$@" || status=$?
  [ "$status" -eq "$wanted" ] || {
    echo "$0: exit status $status, not $wanted: $*" >&2
    exit 1
  }
  [ "$status" -eq 0 ] || echo "(exit status $status)"
}

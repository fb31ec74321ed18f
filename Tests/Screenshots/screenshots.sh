#!/bin/sh
# screenshots.sh PROGRAMS OUT: makes the pictures of the README and their texts again, from a fresh sandbox machine.
# PROGRAMS is the directory of the built programs, OUT where NAME-COLUMNSxROWS.png and .txt go.
# The sandbox's keys are new each time: fingerprints differ from one making to the next, nothing else does.
set -eu

[ $# -eq 2 ] || { echo "usage: screenshots.sh PROGRAMS OUT" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
programs=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)

work=$(mktemp -d "${TMPDIR:-/tmp}/keyreeve-pictures.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

machine=$work/machine
"$here/../Demo/make-sandbox.sh" "$machine"
cp "$programs/keyreeve" "$work/keyreeve"

# Pictures show neither this machine's name nor its directories: the sandbox is at /mnt, on a host of its own.
export KEYREEVE_SYSROOT=/mnt XDG_CACHE_HOME="$work/cache"
keyreeve="bwrap --dev-bind / / --unshare-uts --hostname web01 --bind '$machine' /mnt --chdir /mnt '$work/keyreeve'"

# picture NAME SIZE STEP...
picture() {
  name=$1-$2 size=$2
  shift 2
  "$here/shot.sh" "$work/$name.ansi" "$size" "$keyreeve" "$@"
  "$here/ansi2png.py" "$work/$name.ansi" --size "$size" --png "$out/$name.png" --txt "$out/$name.txt"
  echo "$name"
}

fingerprint() { awk -v address="<$1>" 'index($0, address) { print $1 }' "$machine/fingerprints.txt"; }
run() { eval "$keyreeve \"\$@\""; }

# A few changes, for the log to show something.
{
  run disable "$(fingerprint release@example.com)" --prefix example.com --reason 'suspected leak'
  run undo
  run trust --prefix quayside.example --fingerprint "$(fingerprint release@quayside.example)" keys/quayside.asc
} >"$work/changes" 2>&1 || { cat "$work/changes" >&2; exit 1; }

ready='wait:?:Help'
# Rows of one scope are in the order of their fingerprints, which are new each time: found by the filter, a key keeps the
# cursor when the filter is taken away.
release='key:/ type:release@example.com key:Enter key:Escape'

# shellcheck disable=SC2086
{
  picture keys 80x24 $ready $release
  picture keys 120x36 $ready $release
  picture explain 80x24 $ready key:x type:example.com/hello key:Enter wait:RESULT
  picture trust 80x24 $ready key:t type:keys/example-release-2.asc key:Tab type:example.com key:Enter
  picture disable 80x24 $ready $release key:d
  picture help 80x24 $ready key:?
  picture log 80x24 $ready key:3
}

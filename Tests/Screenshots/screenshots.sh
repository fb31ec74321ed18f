#!/bin/sh
# screenshots.sh PROGRAMS OUT [--text]: makes the pictures of the README and their texts again, with --text the texts
# alone. PROGRAMS is the directory of the built programs, OUT where NAME-COLUMNSxROWS.png and .txt go.
#
# The same programs give the same bytes: the machine is the one in Machine, made once by make-sandbox.sh (the private
# keys are gone), the clock stands still at $now, and the host, the user and all paths are its own. See `pictures` for
# the list.
set -eu

[ $# -eq 2 ] || [ "${3-}" = --text ] || { echo "usage: screenshots.sh PROGRAMS OUT [--text]" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
programs=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
wants=${3-}
now='2026-09-02 09:30:00'

work=$(mktemp -d "${TMPDIR:-/tmp}/keyreeve-pictures.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cp "$programs/keyreeve" "$work/keyreeve"

# on MACHINE TIME: the beginning of a command that runs there and then. Time that passes is real, only the date is not.
on() {
  echo "bwrap --dev-bind / / --tmpfs /dev/shm --unshare-user --uid 0 --gid 0 --unshare-uts --hostname web01 --bind '$1' /mnt" \
    "--chdir /mnt --setenv KEYREEVE_SYSROOT /mnt --setenv HOME /mnt/root --setenv XDG_DATA_HOME /data" \
    "--setenv XDG_CACHE_HOME /mnt/cache --setenv TZ UTC --setenv LC_ALL C.UTF-8 --unsetenv SUDO_USER" \
    "--unsetenv ACCESSIBLE --setenv NO_FAKE_STAT 1 faketime -m --exclude-monotonic -f '$2'"
}

# What git does not keep: modes and times of files, directories without any.
copy_machine() {
  cp -r "$here/Machine" "$1"
  mkdir -p "$1/root" "$1/data"
  chmod -R u=rwX,go=rX "$1"
  find "$1" -exec touch -h -d '2026-09-01 13:00:00 UTC' '{}' +
}

fingerprint() { awk -v address="<$1>" 'index($0, address) { print $1 }' "$here/Machine/fingerprints.txt"; }

# run TIME ARGUMENT...: keyreeve on the machine.
run() {
  time=$1
  shift
  eval "$(on "$work/machine" "$time") '$work/keyreeve' \"\$@\""
}

# A few changes, for the log to show something, and images for the list.
copy_machine "$work/machine"
{
  release=$(fingerprint release@example.com)
  run '2026-09-01 14:12:00' disable "$release" --prefix example.com --reason 'suspected leak'
  run '2026-09-01 14:40:00' undo
  run '2026-09-01 16:05:00' trust --prefix quayside.example --fingerprint "$(fingerprint release@quayside.example)" \
    keys/quayside.asc
  run '2026-09-01 16:20:00' fetch images/hello.aci
  run '2026-09-01 16:21:00' fetch images/crane.aci
} >"$work/changes" 2>&1 || { cat "$work/changes" >&2; exit 1; }

# picture NAME SIZE LOOK STEP...
picture() {
  name=$1-$2 size=$2 look=$3
  shift 3
  machine=$work/of/$name
  mkdir -p "$work/of"
  cp -a "$work/machine" "$machine"
  keyreeve="$(on "$machine" "$now") '$work/keyreeve'"
  [ "$look" != mono ] || keyreeve="env NO_COLOR=1 $keyreeve"
  "$here/shot.sh" "$work/$name.ansi" "$size" "$keyreeve" wait:?:Help gone:'being judged' wait:'5:Audit(' "$@"
  set -- --txt "$out/$name.txt"
  [ "$wants" = --text ] || set -- "$@" --png "$out/$name.png"
  [ "$look" != light ] || set -- "$@" --light
  "$here/ansi2png.py" "$work/$name.ansi" --size "$size" "$@"
  echo "$name"
}

release='key:/ type:release@example.com key:Enter key:Escape'
grep -v -e '^#' -e '^$' "$here/pictures" >"$work/pictures"
# Some at a time: they wait more than they work.
atonce=5
children=
while read -r name size look steps; do
  eval "picture $name $size $look $(echo "$steps" | sed "s|\\\$release|$release|")" </dev/null &
  children="$children $!"
  # shellcheck disable=SC2086
  set -- $children
  if [ $# -ge $atonce ]; then
    wait "$1"
    children=${children# "$1"}
  fi
done <"$work/pictures"
for child in $children; do wait "$child"; done

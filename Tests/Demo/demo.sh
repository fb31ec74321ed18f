#!/bin/sh
# demo.sh PROGRAMS: a sandbox machine to try Keyreeve on; PROGRAMS is the directory of the built programs.
# On a terminal it opens the console there, elsewhere it runs the tour. Everything stays in the sandbox: in
# KEYREEVE_DEMO_DIR, or else in demo/machine of the build folder, which `make clean` removes.
set -eu

[ $# -eq 1 ] || { echo "usage: demo.sh PROGRAMS" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
programs=$(cd "$1" && pwd)

if [ -n "${KEYREEVE_DEMO_DIR:-}" ]; then
  mkdir -p "$KEYREEVE_DEMO_DIR"
  sandbox=$(cd "$KEYREEVE_DEMO_DIR" && pwd)
else
  mkdir -p "$programs/../demo/machine"
  sandbox=$(cd "$programs/../demo/machine" && pwd)
fi
# A sandbox that is there already is opened again as it was left.
[ -d "$sandbox/usr/lib/rkt/trustedkeys" ] || "$here/make-sandbox.sh" "$sandbox"

PATH=$programs:$PATH
XDG_CACHE_HOME=$sandbox/var/cache
export PATH XDG_CACHE_HOME

# The publishers' web servers, as long as this runs.
listening=$(mktemp)
"$here/site.py" "$sandbox" >"$listening" &
site=$!
trap 'kill "$site" 2>/dev/null; rm -f "$listening"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  [ ! -s "$listening" ] || break
  sleep 0.1
done
[ -s "$listening" ] || { echo "demo.sh: the site of the sandbox did not start" >&2; exit 1; }

if [ ! -t 0 ] || [ ! -t 1 ]; then
  "$here/tour.sh" "$sandbox"
  exit
fi

cat <<TEXT
A machine to try things on, with its keys and images:

    $sandbox

In the console: j and k move, Enter opens a key, x asks who may sign an image,
d disables a key (after showing the plan), u takes it back, ? has the rest;
6 shows signed tags, where c leads to a first root key step by step.

The same from a second terminal:

    cd $sandbox
    export KEYREEVE_SYSROOT=\$PWD PATH=$programs:\$PATH

    keyreeve keys                                  what is trusted, what is switched off
    keyreeve explain example.com/hello             who may sign images of this name
    keyreeve verify images/hello.aci               accepted
    keyreeve verify images/hello-tampered.aci      refused, and why
    keyreeve discover quayside.example/crane       where a new publisher's images and keys are
    keyreeve trust --prefix quayside.example       review the key that it names
    keyreeve fetch quayside.example/crane:1.0.0    fetch, verify and store
    keyreeve content init team/app --server file:///srv/trust   signed tags in a folder
    keyreeve log                                   what was changed
    keyreeve undo                                  take it back

TEXT
printf 'Press Enter to open the console. '
read -r _ || exit 0
keyreeve --sysroot "$sandbox"

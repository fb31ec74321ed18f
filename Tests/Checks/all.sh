#!/bin/sh
# all.sh BUILD: every check, also after one has failed. BUILD is the build folder, with the release programs in it.
# A check is a script that prints one line, `ok NAME`, or what is wrong and where, and fails.
set -u
build=${1:-.build}
here=$(dirname "$0")
failed=0

for check in top-level names sizes paths format foundation looking-words arrows looking-symbols linkage pictures; do
  "$here/$check.sh" "$build" || failed=$((failed + 1))
done

[ "$failed" -eq 0 ] || { echo "$failed of the checks failed" >&2; exit 1; }

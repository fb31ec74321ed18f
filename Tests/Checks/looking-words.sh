#!/bin/sh
# No source of a looking module opens a file for writing or names a function that changes the file system.
set -eu
cd "$(dirname "$0")/../.."
lists=Tests/Checks

modules=$(grep -v '^#' $lists/looking-modules)
functions=$(grep -v '^#' $lists/changing-functions | tr -s ' \n' '||' | sed 's/|$//')
flags='O_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE|EXCL)'

# A call, not the same word as a method, a declaration or prose: `handle.remove(` is not the library's function. Plain
# write is left to looking-symbols, which sees whose it is.
found=$(
  for module in $modules; do
    grep -rnE --include='*.swift' "\b$flags\b|(^|[^A-Za-z0-9_.])($functions)\(|Glibc\.($functions)\b" "Sources/$module" |
      grep -vE "^[^:]*:[0-9]+: *//|(func|case) ($functions)\(" || true
  done
)
[ -z "$found" ] || { echo "looking-words: a looking module that could change something:"; echo "$found"; exit 1; }
echo "ok looking-words"

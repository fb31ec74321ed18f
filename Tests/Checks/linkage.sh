#!/bin/sh
# linkage.sh BUILD: the release programs need no Swift runtime and no library beyond those listed, and stay small.
set -eu
cd "$(dirname "$0")/../.."
dist=${1:-.build}/dist

fail() { printf 'linkage: %s\n' "$@"; exit 1; }

system='ld-linux[a-z0-9-]*|libc|libm|libstdc\+\+|libgcc_s'
looking="$system|libgpgme|libassuan|libgpg-error|libz|libbz2|liblzma|libarchive"
limit=$((32 * 1024 * 1024))

# inspect PROGRAM DIRECT: DIRECT is a pattern of the libraries that the program itself may name.
inspect() {
  program=$dist/$1
  [ -x "$program" ] || fail "$program is missing: make build first"

  foreign=$(objdump -p "$program" | awk '$1 == "NEEDED" { print $2 }' | grep -vxE "($2)\.so(\.[0-9]+)*" || true)
  [ -z "$foreign" ] || fail "$1 needs" "$foreign"

  # What those libraries load in turn is the distribution's choice, but none of it is ours to bring, or missing.
  loaded=$(ldd "$program")
  bad=$(echo "$loaded" | grep -E 'libFoundation|libswift|lib_Internal|libicu|not found' || true)
  [ -z "$bad" ] || fail "$1 loads" "$bad"
  ! grep -qF "$(pwd)/" "$program" || fail "$1 names the directory it was built in"

  size=$(wc -c <"$program")
  [ "$size" -le $limit ] || fail "$1 has $size octets, more than $limit"
}

inspect keyreeve "$looking|libncursesw|libtinfo"
inspect keyreeve-verify "$looking"
echo "ok linkage"

#!/bin/sh
# Modules, folders, files and types are nouns of the field: a drawer for things without a place has no name here.
set -eu
cd "$(dirname "$0")/../.."

drawers='(Utils?|Utilities|Helpers?|Managers?|Extensions|Common|Misc)'

found=$(
  find Sources Tests \( -type d -o -name '*.swift' \) | grep -E "([a-z]|/)$drawers(\.swift)?$" || true
  grep -rnE --include='*.swift' "(class|struct|enum|actor|protocol) ([A-Za-z]*[a-z])?$drawers\b" Sources || true
)
[ -z "$found" ] || { echo "names: a drawer instead of a noun of the field:"; echo "$found"; exit 1; }
echo "ok names"

#!/bin/sh
# looking-symbols.sh BUILD: the same about what was compiled. The objects of the looking modules refer to no function
# that changes the file system, and keyreeve-verify holds nothing of the modules that change or draw.
set -eu
cd "$(dirname "$0")/../.."
lists=Tests/Checks
release=${1:-.build}/release

fail() { printf 'looking-symbols: %s\n' "$@"; exit 1; }

modules=$(grep -v '^#' $lists/looking-modules)
names=$(mktemp)
trap 'rm -f "$names"' EXIT
grep -v '^#' $lists/changing-functions | tr ' ' '\n' >"$names"

found=
for module in $modules CArchive CCurl CHTML CYAML; do
  [ -d "$release/$module.build" ] || fail "$release/$module.build is missing: make build first"
  undefined=$(find "$release/$module.build" -name '*.o' -exec nm --undefined-only --format=just-symbols '{}' + |
    sed 's/@.*//' | sort -u)
  forbidden=$(echo "$undefined" | grep -xF -f "$names" || true)
  [ "$module" = ReadCommands ] || forbidden="$forbidden $(echo "$undefined" | grep -xE 'p?writev?(64)?' || true)"
  for function in $forbidden; do found="$found $module:$function"; done
done
[ -z "$found" ] || fail "objects of looking modules refer to$found"

# Mangled names carry the module with its length before it; the dollar is theirs.
# shellcheck disable=SC2016
changing='\$s(11TrustChange|12DurableFiles|6Images|14ChangeCommands|7Console|6Screen)'
nm "$release/keyreeve" | grep -qE "$changing" || fail "no name of TrustChange in keyreeve: this check has gone blind"
linked=$(nm "$release/keyreeve-verify" | grep -E "$changing|TrustChange| ct_" | head -n 5)
[ -z "$linked" ] || fail "keyreeve-verify holds code that changes or draws:" "$linked"
echo "ok looking-symbols"

#!/bin/sh
# The top level holds the package, its tests and pictures, the README and dotfiles, and nothing else.
set -eu
cd "$(dirname "$0")/../.."

# Files that git ignores are the tools' own; without git (an unpacked archive) everything but those counts.
entries=$(git ls-files --cached --others --exclude-standard 2>/dev/null | cut -d/ -f1 | sort -u)
[ -n "$entries" ] || entries=$(ls)

foreign=
for entry in $entries; do
  case $entry in
    .* | Package.swift | Package.resolved | Sources | Tests | Screenshots | Makefile | README.md) ;;
    *) foreign="$foreign $entry" ;;
  esac
done
[ -z "$foreign" ] || { echo "top-level: does not belong here:$foreign"; exit 1; }
echo "ok top-level"

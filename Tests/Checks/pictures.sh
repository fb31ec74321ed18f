#!/bin/sh
# The texts beside the pictures in Screenshots are what the built programs show today.
set -eu
build=$(cd "${1:-.build}" && pwd)
cd "$(dirname "$0")/../.."

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
Tests/Screenshots/screenshots.sh "$build/dist" "$made" --text >"$made/log" 2>&1 || {
  echo "pictures: they cannot be made:"
  cat "$made/log"
  exit 1
}
rm "$made/log"
mkdir "$made/kept"
cp Screenshots/*.txt "$made/kept"
diff -u "$made/kept" "$made" --exclude kept >&2 || {
  echo "pictures: the texts in Screenshots differ from what is shown; make screenshots, and look at them"
  exit 1
}
for text in Screenshots/*.txt; do
  [ -f "${text%.txt}.png" ] || { echo "pictures: ${text%.txt}.png is missing: make screenshots"; exit 1; }
done
echo "ok pictures"

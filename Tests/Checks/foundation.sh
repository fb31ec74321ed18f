#!/bin/sh
# The programs do not use Foundation, which costs 40 MB and half the start-up time; FoundationEssentials at most.
set -eu
cd "$(dirname "$0")/../.."

found=$(grep -rnE --include='*.swift' '^[^/]*\bimport +([a-z]+ +)?Foundation\b' Sources || true)
[ -z "$found" ] || { echo "foundation: imported:"; echo "$found"; exit 1; }
echo "ok foundation"

#!/bin/sh
# No Swift file of the programs has more than 500 lines.
set -eu
cd "$(dirname "$0")/../.."

long=$(find Sources -name '*.swift' -exec wc -l '{}' + | awk '$1 > 500 && $2 != "total" { print "  " $2 ": " $1 }')
[ -z "$long" ] || { echo "sizes: more than 500 lines:"; echo "$long"; exit 1; }
echo "ok sizes"

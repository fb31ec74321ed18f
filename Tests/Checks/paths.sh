#!/bin/sh
# Nothing in the repository knows where on which machine it was written: no absolute path into this checkout, or into
# the directory that it lies in.
set -eu
cd "$(dirname "$0")/../.."

here=$(pwd)
above=$(dirname "$here")
# Directories that every machine has say nothing about this one.
case $above in
  / | /home | /mnt | /opt | /root | /srv | /tmp | /usr | /usr/* | /var | /var/*) above=$here ;;
esac

# Only as the beginning of a path: not inside a longer one.
quoted=$(printf '%s' "$above" | sed 's/[][\.*^$+?(){}|]/\\&/g')
found=$(grep -rnIE --exclude-dir=.git --exclude-dir='.build*' --exclude=Package.resolved \
  "(^|[^A-Za-z0-9._/-])$quoted(/|$|[^A-Za-z0-9._-])" . || true)
[ -z "$found" ] || { echo "paths: of the machine it was written on:"; echo "$found"; exit 1; }
echo "ok paths"

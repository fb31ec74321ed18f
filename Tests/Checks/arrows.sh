#!/bin/sh
# arrows.sh BUILD: no module imports what Package.swift does not let it, and nothing that looks reaches what changes.
# The script says which line; the compiler has the last word (a plain build lets an undeclared import pass).
set -eu
cd "$(dirname "$0")/../.."
build=${1:-.build}

swift package --scratch-path "$build" describe --type json | Tests/Checks/arrows.py

# With the flags of `make test`, which is to find everything built.
said=$(swift build --scratch-path "$build" ${DEBUG_FLAGS:-} --build-tests --explicit-target-dependency-import-check error 2>&1) || {
  echo "arrows: the build refuses:"
  echo "$said" | grep -E 'error|without declaring' || echo "$said"
  exit 1
}
echo "ok arrows"

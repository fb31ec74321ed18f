#!/bin/sh
# Every Swift file is as swift-format and .swift-format want it.
set -eu
cd "$(dirname "$0")/../.."

findings=$(swift format lint --strict --parallel --recursive Sources Tests Package.swift 2>&1) || {
  echo "format: $(echo "$findings" | grep -c ': error:') findings; swift format --in-place --recursive mends most:"
  echo "$findings"
  exit 1
}
echo "ok format"

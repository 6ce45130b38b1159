#!/usr/bin/env bash
# Builds the documentation of the Swift interface from compiled modules; a link that leads nowhere is an error.
#
#   Scripts/build-docs.sh MODULES FOLDER
#
# MODULES is the folder Modules of a build. The documentation is a static web site in FOLDER.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ $# -eq 2 ] || {
  echo "usage: Scripts/build-docs.sh MODULES FOLDER" >&2
  exit 64
}
modules=$1
folder=$2
module=MIGraphX
sources=Sources/$module

# What the module re-exports is documented as its own.
exported=$(sed -n 's/^@_exported import //p' "$sources/$module.swift" | paste -sd,)
target=$(swiftc -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)".*/\1/p')

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
swift symbolgraph-extract -module-name "$module" -target "$target" -I "$modules" -I Sources/CLLVM/include \
  -experimental-allowed-reexported-modules="$exported" -skip-synthesized-members \
  -minimum-access-level public -output-dir "$work"
docc convert "$sources/$module.docc" --additional-symbol-graph-dir "$work" \
  --fallback-display-name "$module" --fallback-bundle-identifier "$module" \
  --warnings-as-errors --output-dir "$folder"

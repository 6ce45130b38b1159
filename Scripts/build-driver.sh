#!/usr/bin/env bash
# Builds migraphx-driver for other machines, into a folder:
#
#   Scripts/build-driver.sh [options of swift build] FOLDER
#
# SwiftPM would compile everything anew to link the Swift runtime in, so this script links what it compiles
# for the driver that needs a toolchain. The result needs nothing but libc, libm, libstdc++, libgcc and zlib.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ $# -gt 0 ] || {
  echo "usage: Scripts/build-driver.sh [options of swift build] FOLDER" >&2
  exit 64
}
folder=${*: -1}
options=(-c release "${@:1:$#-1}")
name=migraphx-driver

swift build "${options[@]}" --product "$name"
objects=$(swift build "${options[@]}" --show-bin-path)/$name.product/Objects.LinkFileList

mkdir -p "$folder"
# SwiftPM gives main a name of its own, so that tests can link the driver's objects.
swiftc -static-stdlib "@$objects" -o "$folder/$name.new" \
  -lswiftSynchronization -l_FoundationCShims -l_FoundationCollections -lz \
  -Xlinker --defsym=main=migraphx_driver_main -Xlinker --gc-sections -Xlinker -s
mv "$folder/$name.new" "$folder/$name"

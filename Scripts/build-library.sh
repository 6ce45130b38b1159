#!/usr/bin/env bash
# Builds libmigraphx_c, the C interface, into a folder:
#
#   Scripts/build-library.sh [options of swift build] FOLDER
#
# SwiftPM can't make a shared library that holds the Swift runtime, so it makes a static one, and this
# script links it. The result needs nothing but libc, libm, libstdc++, libgcc and zlib.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

[ $# -gt 0 ] || {
  echo "usage: Scripts/build-library.sh [options of swift build] FOLDER" >&2
  exit 64
}
folder=${*: -1}
options=(-c release "${@:1:$#-1}")
name=libmigraphx_c.so
version=3

archive=$(swift build "${options[@]}" --show-bin-path)/libmigraphx_c_static.a
# SwiftPM adds to an archive that is there, and keeps the objects of sources that are gone.
rm -f "$archive"
swift build "${options[@]}" --product migraphx_c_static

mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '{ global: migraphx_*; local: *; };' >"$work/exports"
# One object first: the Swift runtime comes with --exclude-libs ALL, which hides symbols of archives.
ld -r --whole-archive "$archive" -o "$work/all.o"
swiftc -emit-library -static-stdlib "$work/all.o" -o "$folder/$name.$version.new" \
  -lswiftSynchronization -l_FoundationCShims -l_FoundationCollections -lz -Xlinker -z -Xlinker defs \
  -Xlinker -soname="$name.$version" -Xlinker --version-script="$work/exports" \
  -Xlinker --gc-sections -Xlinker -s
# In one step, so that programs that run keep the library that they started with.
mv "$folder/$name.$version.new" "$folder/$name.$version"
ln -sf "$name.$version" "$folder/$name"

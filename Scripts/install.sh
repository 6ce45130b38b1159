#!/usr/bin/env bash
# Installs what was built: the library, its headers, and what CMake and pkg-config find them with.
#
#   Scripts/install.sh [--driver FILE] [--wheel FILE] LIBRARY PREFIX
#
# LIBRARY is the file that Scripts/build-library.sh made. The wheel's Python module goes to
# PREFIX/lib. $DESTDIR, if set, stands before every path that is written to. What is installed can
# be moved as a whole.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

die() {
  echo "install.sh: error: $*" >&2
  exit 64
}
usage() { die "usage: Scripts/install.sh [--driver FILE] [--wheel FILE] LIBRARY PREFIX"; }

driver='' wheel=''
while [[ ${1-} == --* ]]; do
  [ $# -ge 2 ] || usage
  case $1 in
  --driver) driver=$2 ;;
  --wheel) wheel=$2 ;;
  *) usage ;;
  esac
  shift 2
done
[ $# -eq 2 ] || usage
library=$1
[[ $2 == /* ]] || die "PREFIX must be an absolute path, not $2"
target=${DESTDIR-}$2
version=$(sed -nE 's/.*number = "([^"]+)"$/\1/p' "$root/Sources/Support/SystemVersion.swift")
[ -n "$version" ] || die "no version in the source"

# Copies a file, and fills in what is only known now.
install_text() {
  mkdir -p "$(dirname "$2")"
  sed "s/@VERSION@/$version/" "$1" >"$2"
  chmod 644 "$2"
}

install -D -m 755 "$library" "$target/lib/libmigraphx_c.so.3"
ln -sf libmigraphx_c.so.3 "$target/lib/libmigraphx_c.so"

headers=$root/Sources/CMIGraphX/include
(cd "$headers" && find migraphx -type f -name '*.h*') | while read -r header; do
  install -D -m 644 "$headers/$header" "$target/include/$header"
done

package=$root/Scripts/package
for file in migraphx-config.cmake migraphx-config-version.cmake; do
  install_text "$package/$file" "$target/lib/cmake/migraphx/$file"
done
install_text "$package/migraphx.pc" "$target/lib/pkgconfig/migraphx.pc"

if [ -n "$driver" ]; then install -D -m 755 "$driver" "$target/bin/migraphx-driver"; fi
if [ -n "$wheel" ]; then python3 -m zipfile --extract "$wheel" "$target/lib"; fi

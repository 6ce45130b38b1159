#!/usr/bin/env bash
# Makes a Debian machine with a Swift toolchain ready to build, test and run the demo.
# It installs only what is missing, so running it again costs next to nothing.
#
# Set PYTHON to choose the interpreter behind .venv (3.11 or newer, with venv and pip). Files of further
# requirements may be given, which .venv is to meet too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf 'setup: %s\n' "$*" >&2; }
die() {
  say "error: $*"
  exit 1
}

python_works() {
  "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

python_has_headers() {
  "$1" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))'
}

# Prints the first interpreter that can make the environment. Debian's own is the fallback, for
# machines whose first python3 is another one and broken or too old.
find_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 /usr/bin/python3; do
    if python_works "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

debian_package_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_debian_packages() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "as root, run: apt-get install $*"
    as_root=(sudo)
    # Without a terminal nobody can type a password: fail instead of waiting for one.
    [ -t 0 ] || as_root+=(-n)
  fi
  say "installing Debian packages: $*"
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
  { "${as_root[@]}" "${apt[@]}" update &&
    "${as_root[@]}" "${apt[@]}" install -y --no-install-recommends "$@" >/dev/null; } </dev/null ||
    die "apt-get failed; as root, run: apt-get install $*"
}

ensure_system_packages() {
  local missing=() python
  if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: install the libraries of LLVM 19 and Leptonica, zlib's headers, a C++ compiler, cmake," \
      "pkg-config, the DejaVu fonts and Python 3.11 or newer, with its headers, yourself"
    return
  fi
  debian_package_installed libllvm19 || missing+=(libllvm19)
  debian_package_installed liblept5 || missing+=(liblept5)
  debian_package_installed zlib1g-dev || missing+=(zlib1g-dev)
  debian_package_installed fonts-dejavu-core || missing+=(fonts-dejavu-core)
  command -v c++ >/dev/null || missing+=(g++)
  command -v cmake >/dev/null || missing+=(cmake)
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  if python=$(find_python); then
    python_has_headers "$python" || missing+=(python3-dev)
  else
    missing+=(python3 python3-venv python3-dev)
  fi
  [ ${#missing[@]} -eq 0 ] || install_debian_packages "${missing[@]}"
}

# The environment carries a copy of the requirements it was made from; the copy is written last,
# so an interrupted installation counts as none.
ensure_python_environment() {
  local requirements=Scripts/requirements.txt stamp=.venv/requirements.txt python
  if cmp -s "$requirements" "$stamp" && .venv/bin/python -c '' 2>/dev/null; then return; fi
  python=$(find_python) || die "no Python 3.11 or newer with venv and pip (set PYTHON to choose one)"
  say "making the Python environment .venv with $python"
  rm -rf .venv
  "$python" -m venv .venv
  install_requirements "$requirements"
}

install_requirements() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
    --requirement "$1" || die "pip could not install $1"
  cp "$1" .venv/
}

command -v swift >/dev/null || die "no 'swift' in PATH; see https://www.swift.org/install/linux/"
ensure_system_packages
ensure_python_environment
for requirements; do
  cmp -s "$requirements" ".venv/${requirements##*/}" || install_requirements "$requirements"
done

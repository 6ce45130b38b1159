#!/bin/sh
# Writes Sources/ONNXProto/onnx/onnx-ml.pb.swift anew from the descriptor in the installed `onnx`
# package. Needs protoc (Debian: protobuf-compiler) and a Python with `onnx`.
#
#   PYTHON            the Python to ask (default: .venv/bin/python)
#   PROTOC_GEN_SWIFT  a plugin that is already built; otherwise it is built from the swift-protobuf
#                     version that the package resolves to
#   OUTPUT            the folder to write to (default: Sources/ONNXProto)
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
output=${OUTPUT:-Sources/ONNXProto}
plugin=${PROTOC_GEN_SWIFT:-}

if [ -z "$plugin" ]; then
  swift package resolve
  checkout=.build/checkouts/swift-protobuf
  scratch=.build/protoc-gen-swift
  swift build --package-path "$checkout" --scratch-path "$scratch" -c release \
    --product protoc-gen-swift
  plugin=$scratch/release/protoc-gen-swift
fi

descriptor=$(mktemp)
trap 'rm -f "$descriptor"' EXIT
"$python" - "$descriptor" <<'END'
import sys

from google.protobuf import descriptor_pb2
from onnx import onnx_ml_pb2

files = descriptor_pb2.FileDescriptorSet()
files.file.add().ParseFromString(onnx_ml_pb2.DESCRIPTOR.serialized_pb)
with open(sys.argv[1], "wb") as out:
    out.write(files.SerializeToString())
END

mkdir -p "$output"
protoc --descriptor_set_in="$descriptor" --plugin=protoc-gen-swift="$plugin" \
  --swift_opt=Visibility=Package --swift_out="$output" onnx/onnx-ml.proto

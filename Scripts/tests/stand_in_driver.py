"""Takes the driver's `run` command line and answers with ONNX Runtime, for the demo's tests."""
import argparse
import sys
import time

import numpy as np
import onnxruntime

parser = argparse.ArgumentParser()
parser.add_argument("command", choices=["run"])
parser.add_argument("--onnx", required=True)
parser.add_argument("--ref", action="store_true", required=True)
parser.add_argument("--load-arg", nargs=2, required=True)
parser.add_argument("--outputs", required=True)
arguments = parser.parse_args()

name, path = arguments.load_arg
session = onnxruntime.InferenceSession(arguments.onnx)
start = time.perf_counter()
results = session.run(None, {name.removeprefix("@"): np.load(path)})
duration = time.perf_counter() - start
np.savez(arguments.outputs, **dict(zip([o.name for o in session.get_outputs()], results)))
print("Parse time: 1.5ms\nCompile time: 2ms", file=sys.stderr)
print(f"Run time: {1000 * duration:.0f}ms", file=sys.stderr)

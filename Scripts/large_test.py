#!/usr/bin/env python3
"""Runs a model whose weights, in a file of their own, take more than 2 GB.

Three products of matrices. Most of the weights are zero and lie in holes of the file, so that it
takes little of the disk; the others follow from a seed. The outputs are compared with NumPy's. The
process may hold far less private memory than the weights take: they must stay in the mapped file.
"""
import argparse
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

ROOT = Path(__file__).resolve().parents[1]
DRIVER = ROOT / ".build" / "release" / "migraphx-driver"
SIZES = [24576, 8192, 24576, 10240]
ROWS = 2
# One row of each matrix in so many is not zero.
STEP = 256
MEMORY_LIMIT = 512 << 20


def write_weights(path):
    """Writes the file of weights; gives each matrix's place in it, and its rows that are not zero."""
    matrices, offset = [], 0
    with path.open("wb") as file:
        for number, (rows, columns) in enumerate(zip(SIZES, SIZES[1:])):
            places = np.arange(STEP // 2 - number, rows, STEP)
            rng = np.random.Generator(np.random.Philox(number))
            filled = rng.standard_normal((len(places), columns), np.float32) / np.float32(10)
            for place, row in zip(places, filled):
                file.seek(offset + int(place) * columns * 4)
                file.write(row.tobytes())
            matrices.append({"offset": offset, "places": places, "rows": filled})
            offset += rows * columns * 4
        file.truncate(offset)
    return matrices, offset


def write_model(path, matrices, data):
    """Writes the model, whose weights lie in the file `data` beside it."""
    initializers, nodes = [], []
    for number, matrix in enumerate(matrices):
        shape = SIZES[number:number + 2]
        tensor = onnx.TensorProto(name=f"w{number}", data_type=TensorProto.FLOAT, dims=shape)
        tensor.data_location = TensorProto.EXTERNAL
        places = {"location": data.name, "offset": matrix["offset"], "length": shape[0] * shape[1] * 4}
        for key, value in places.items():
            tensor.external_data.add(key=key, value=str(value))
        initializers.append(tensor)
        nodes.append(helper.make_node("MatMul", [f"x{number}", f"w{number}"], [f"x{number + 1}"]))
    last = len(matrices)
    graph = helper.make_graph(
        nodes, "large", [helper.make_tensor_value_info("x0", TensorProto.FLOAT, ["N", SIZES[0]])],
        [helper.make_tensor_value_info(f"x{last}", TensorProto.FLOAT, ["N", SIZES[-1]])], initializers)
    path.write_bytes(helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8).SerializeToString())


def expected_output(x, matrices):
    """The products, of the rows that are not zero."""
    for matrix in matrices:
        x = x[:, matrix["places"]].astype(np.float64) @ matrix["rows"].astype(np.float64)
    return x


def run(driver, folder):
    """Makes the model, runs it, and gives the largest difference in standard deviations."""
    data, model = folder / "large.onnx.data", folder / "large.onnx"
    matrices, size = write_weights(data)
    assert size > 2 << 30
    write_model(model, matrices, data)
    x = np.random.Generator(np.random.Philox(99)).standard_normal((ROWS, SIZES[0]), np.float32)
    np.savez(folder / "inputs.npz", x0=x)
    command = [driver, "run", "--onnx", model, "--inputs", folder / "inputs.npz",
               "--outputs", folder / "outputs.npz", "--quiet"]
    subprocess.run(
        command, check=True, timeout=1800,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT)))
    with np.load(folder / "outputs.npz") as outputs:
        [found] = outputs.values()
    wanted = expected_output(x, matrices)
    if found.shape != wanted.shape:
        raise ValueError(f"the output has sizes {found.shape}; {wanted.shape} are expected")
    error = float(np.abs(found - wanted).max() / wanted.std())
    print(f"{size / 1e9:.1f} GB of weights in at most {MEMORY_LIMIT >> 20} MB of private memory: "
          f"error {error:.1e}")
    return error


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--driver", type=Path, default=DRIVER, help="the driver to run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            # Each product rounds once, to 24 bits.
            return 0 if run(options.driver, Path(folder)) < 1e-6 else 1
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            print("error:", error, file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())

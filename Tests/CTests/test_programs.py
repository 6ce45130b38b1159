"""Builds and runs the test programs of this folder."""
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from toolchain import COMPILERS, build, run

FOLDER = Path(__file__).resolve().parent


def conv_relu():
    """relu(conv(x, w)), where x is [N, 1, 3, 3]; the difference of two corners, where positive."""
    weights = np.array([1, 0, 0, -1], np.float32).reshape(1, 1, 2, 2)
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["x", "w"], ["convolved"]),
            helper.make_node("Relu", ["convolved"], ["y"]),
        ],
        "conv_relu",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 1, 3, 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 1, 2, 2])],
        [numpy_helper.from_array(weights, "w")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


class ProgramTest(unittest.TestCase):
    def test_programs(self):
        sources = sorted(path for suffix in COMPILERS for path in FOLDER.glob(f"*{suffix}"))
        self.assertGreater(len(sources), 5)
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
            onnx.save(conv_relu(), f"{folder}/conv_relu.onnx")
            programs = {source: Path(folder) / source.name.replace(".", "_") for source in sources}
            builds = {source: pool.submit(build, source, programs[source]) for source in sources}
            for source, done in builds.items():
                with self.subTest(source.name):
                    done.result()
                    run(programs[source], folder=folder)


if __name__ == "__main__":
    unittest.main()

"""Builds and runs the test programs of this folder."""
import ctypes
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from toolchain import COMPILERS, build, library, run

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


def sequence():
    """y = x, a sequence of vectors of any length."""
    tensor = helper.make_tensor_type_proto(TensorProto.FLOAT, ["N"])
    x, y = (helper.make_value_info(name, helper.make_sequence_type_proto(tensor)) for name in "xy")
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "sequence", [x], [y])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


REBUILDING = """
#include "made.hpp"

int main() {
  const auto made = make_program();
  const auto read = migraphx::parse_onnx("conv_relu.onnx");
  std::cout << made << read;
  made.compile(migraphx::ref::target{});
}
"""


class ProgramTest(unittest.TestCase):
    def test_programs(self):
        sources = sorted(path for suffix in COMPILERS for path in FOLDER.glob(f"*{suffix}"))
        self.assertGreater(len(sources), 5)
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
            onnx.save(conv_relu(), f"{folder}/conv_relu.onnx")
            onnx.save(sequence(), f"{folder}/sequence.onnx")
            programs = {source: Path(folder) / source.name.replace(".", "_") for source in sources}
            builds = {source: pool.submit(build, source, programs[source]) for source in sources}
            for source, done in builds.items():
                with self.subTest(source.name):
                    done.result()
                    run(programs[source], folder=folder)

    def test_programs_as_cpp_rebuild_them(self):
        with tempfile.TemporaryDirectory() as folder:
            onnx.save(conv_relu(), f"{folder}/conv_relu.onnx")
            Path(folder, "made.hpp").write_text(cpp(f"{folder}/conv_relu.onnx"))
            source = Path(folder, "main.cpp")
            source.write_text(REBUILDING)
            build(source, Path(folder, "main"))
            made, read = run(Path(folder, "main"), folder=folder).split("symbols: ")[1:]
            # Names of results are not kept.
            self.assertIn("@return[names={y}](main:@3)", read)
            self.assertEqual(made, read.replace("[names={y}]", ""))


def cpp(path):
    """The C++ that the library gives for a model."""
    c = library()
    options, program, buffer = (ctypes.c_void_p() for _ in range(3))
    text, size = ctypes.c_char_p(), ctypes.c_size_t()
    for status in (
        c.migraphx_onnx_options_create(ctypes.byref(options)),
        c.migraphx_parse_onnx(ctypes.byref(program), path.encode(), options),
        c.migraphx_program_cpp(ctypes.byref(buffer), program),
        c.migraphx_buffer_data(ctypes.byref(text), ctypes.byref(size), buffer),
    ):
        assert status == 0, status
    return ctypes.string_at(text, size.value).decode()


if __name__ == "__main__":
    unittest.main()

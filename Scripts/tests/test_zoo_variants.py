"""Tests of the models that zoo_variants.py makes to find out how far engines may differ."""
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, numpy_helper
from onnx.helper import make_graph, make_model, make_node, make_opsetid, make_tensor_value_info

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import zoo_data  # noqa: E402
import zoo_variants  # noqa: E402


def save(folder, nodes, input_type, output_type, **constants):
    """A model of the input x and the output y, six numbers each."""
    graph = make_graph(
        nodes, "test", [make_tensor_value_info("x", input_type, [6])],
        [make_tensor_value_info("y", output_type, [6])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()])
    path = Path(folder, "model.onnx")
    onnx.save(make_model(graph, opset_imports=[make_opsetid("", 17)], ir_version=8), path)
    return path


class NoiseTests(unittest.TestCase):
    def run_twice(self, x):
        with tempfile.TemporaryDirectory() as folder:
            path = save(
                folder,
                [make_node("QuantizeLinear", ["x", "scale", "zero"], ["q"]),
                 make_node("DequantizeLinear", ["q", "scale", "zero"], ["y"])],
                TensorProto.FLOAT, TensorProto.FLOAT,
                scale=np.array(0.5, np.float32), zero=np.array(128, np.uint8))
            runs = [zoo_data.session(path)]
            runs += 8 * [zoo_data.session(zoo_variants.with_noise(path))]
            return [run.run(["y"], {"x": x})[0] for run in runs], zoo_variants.step(path, {"y": x})

    def test_only_what_lies_between_two_steps_changes(self):
        # In steps: 1.5 is half way, 1.499 is not.
        x = np.array([0.75, 0.7495, -0.75, 0, 1, -1], np.float32)
        (plain, *noisy), step = self.run_twice(x)
        changes = np.abs(np.array(noisy) - plain)
        self.assertEqual(changes[:, [0, 2]].max(), 0.5)
        self.assertEqual(changes[:, [1, 3, 4, 5]].max(), 0)
        self.assertAlmostEqual(step, 0.5 / x.std(), 6)


class RoundingTests(unittest.TestCase):
    def test_each_result_is_rounded(self):
        factor = np.array(1.001, np.float16)
        x = np.array([1.001, 3, 5.5, 7.75, 0.3, 1000], np.float16)
        nodes = [make_node("Mul", ["x", "f"], ["a"]), make_node("Mul", ["a", "f"], ["b"]),
                 make_node("Mul", ["b", "f"], ["y"])]
        with tempfile.TemporaryDirectory() as folder:
            path = save(folder, nodes, TensorProto.FLOAT16, TensorProto.FLOAT16, f=factor)
            runner = zoo_data.session(zoo_variants.with_rounding(path), optimised=False)
            [found] = runner.run(["y"], {"x": x.astype(np.float32)})
        np.testing.assert_array_equal(found, x * factor * factor * factor)
        self.assertEqual(found.dtype, np.float32)


if __name__ == "__main__":
    unittest.main()

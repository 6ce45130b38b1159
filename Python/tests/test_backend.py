"""ONNX's backend interface."""
import importlib.util
import unittest
from pathlib import Path

import ml_dtypes
import numpy as np
import onnx
from onnx import TensorProto, helper

import migraphx
import models
from migraphx.backend import MIGraphXBackend

ROOT = Path(__file__).resolve().parents[2]
X = np.random.default_rng(5).normal(size=(2, 4)).astype(np.float32)


class BackendTest(unittest.TestCase):
    def test_models(self):
        model = onnx.load_model_from_string(models.perceptron(batch=2))
        expected = models.perceptron_results(X)
        for inputs in ([X], {"x": X}, X):
            y, z = MIGraphXBackend.run_model(model, inputs, "REF")
            # Four products are summed in single precision.
            np.testing.assert_allclose(y, expected[0], atol=2e-6)
            np.testing.assert_allclose(z, expected[1], atol=2e-6)

    def test_serialised_models_and_names_of_outputs(self):
        prepared = MIGraphXBackend.prepare(models.perceptron(), "REF:0")
        results = prepared.run([X[:1]])
        self.assertEqual(results._fields, ("y", "z"))

    def test_nodes(self):
        node = helper.make_node("Add", ["a", "b"], ["y"])
        results = MIGraphXBackend.run_node(node, [X, X[0]], "REF")
        np.testing.assert_array_equal(results[0], X + X[0])

    def test_devices(self):
        self.assertTrue(MIGraphXBackend.supports_device("CPU"))
        self.assertFalse(MIGraphXBackend.supports_device("ABACUS"))
        with self.assertRaises(migraphx.Error):
            MIGraphXBackend.prepare(models.unary("Neg"), "ABACUS")
        before = MIGraphXBackend._device
        self.addCleanup(MIGraphXBackend.set_device, before)
        MIGraphXBackend.set_device("ABACUS")
        with self.assertRaises(migraphx.Error):
            MIGraphXBackend.prepare(models.unary("Neg"))

    def test_numbers_of_inputs(self):
        with self.assertRaises(ValueError):
            MIGraphXBackend.prepare(models.unary("Neg"), "REF").run([X, X])

    def test_bfloat16(self):
        x = np.array([[1, -2.5, 3], [0.125, 4, -0.0]], ml_dtypes.bfloat16)
        model = models.unary("Neg", element_type=TensorProto.BFLOAT16)
        result = MIGraphXBackend.run_model(onnx.load_model_from_string(model), [x], "REF")[0]
        self.assertEqual(result.dtype, x.dtype)
        np.testing.assert_array_equal(result.view(np.uint16), (-x).view(np.uint16))

    def test_the_other_name(self):
        from onnx_migraphx.backend import MIGraphXBackend as other

        self.assertIs(other, MIGraphXBackend)


class ConformanceTest(unittest.TestCase):
    def test_tests_of_some_operators_pass(self):
        path = ROOT / "Scripts/backend_conformance.py"
        spec = importlib.util.spec_from_file_location("backend_conformance", path)
        conformance = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(conformance)
        results = conformance.outcomes("ref", "^test_(relu|add|matmul_2d|no_such_test)_cpu$")
        self.assertEqual(set(results["node"].passed), {"test_relu", "test_add", "test_matmul_2d"})
        self.assertIn("| node | 3 | 3 | 0 | 0 |", conformance.table(results))


if __name__ == "__main__":
    unittest.main()

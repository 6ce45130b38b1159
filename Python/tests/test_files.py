"""Models and programs in files and in memory."""
import os
import tempfile
import unittest
from pathlib import Path

import numpy as np

import migraphx
import models
from support import compiled

X = np.random.default_rng(2).normal(size=(2, 3)).astype(np.float32)


class FolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def assert_negates(self, program):
        if not program.is_compiled():
            program.compile(migraphx.get_target("ref"))
        np.testing.assert_array_equal(np.asarray(program.run({"x": X})[0]), -X)


class ModelTest(FolderTest):
    def test_names_of_files(self):
        path = self.folder / "Modell für Ä.onnx"
        path.write_bytes(models.unary("Neg"))
        for spelling in (path, str(path), os.fsencode(path)):
            with self.subTest(repr(spelling)):
                self.assert_negates(migraphx.parse_onnx(spelling))

    def test_names_that_are_not_utf_8_are_refused(self):
        path = os.fsencode(self.folder) + b"/caf\xe9.onnx"
        with open(path, "wb") as file:
            file.write(models.unary("Neg"))
        for spelling in (path, os.fsdecode(path), Path(os.fsdecode(path))):
            with self.assertRaisesRegex(migraphx.Error, "UTF-8"):
                migraphx.parse_onnx(spelling)

    def test_names_with_a_zero_are_refused(self):
        for name in ("a\0b", b"a\0b", 3, None):
            with self.assertRaises((TypeError, ValueError)):
                migraphx.parse_onnx(name)

    def test_missing_and_broken_models(self):
        with self.assertRaisesRegex(RuntimeError, "missing.onnx"):
            migraphx.parse_onnx(self.folder / "missing.onnx")
        for content in (b"", b"no model", models.unary("Neg")[:-5]):
            with self.subTest(content[:10]), self.assertRaises(RuntimeError):
                migraphx.parse_onnx_buffer(content)

    def test_buffers(self):
        model = models.unary("Neg")
        for value in (model, bytearray(model), memoryview(model)):
            self.assert_negates(migraphx.parse_onnx_buffer(value))
        self.assert_negates(migraphx.parse_onnx_buffer(filename=model))
        with self.assertRaises(TypeError):
            migraphx.parse_onnx_buffer(5)

    def test_unknown_operators(self):
        with self.assertRaisesRegex(RuntimeError, "NoSuchOperator"):
            migraphx.parse_onnx_buffer(models.unary("NoSuchOperator"))
        migraphx.parse_onnx_buffer(models.unary("NoSuchOperator"), skip_unknown_operators=True)

    def test_known_operators(self):
        names = migraphx.get_onnx_operators()
        self.assertEqual(names, sorted(names))
        self.assertTrue({"Conv", "MatMul", "Relu"} <= set(names))


class ProgramFileTest(FolderTest):
    def setUp(self):
        super().setUp()
        self.program = migraphx.parse_onnx_buffer(models.unary("Neg"))

    def test_round_trips(self):
        cases = {"a.mxr": {}, "b": {"format": "msgpack"}, "c": {"format": "json"}}
        for name, options in cases.items():
            file = self.folder / name
            with self.subTest(options):
                migraphx.save(self.program, file, **options)
                self.assert_negates(migraphx.load(str(file), **options))

    def test_compiled_programs(self):
        program = compiled(models.perceptron(), map_input_dims={"x": [8, 4]})
        file = self.folder / "compiled.mxr"
        migraphx.save(p=program, filename=os.fsencode(file))
        loaded = migraphx.load(filename=file, device_id=0)
        self.assertTrue(loaded.is_compiled())
        self.assertEqual(list(loaded.get_outputs()), ["y", "z"])
        x = np.ones((3, 4), np.float32)
        self.assertEqual(loaded.run({"x": x}), program.run({"x": x}))
        # More rows than the maximum are refused as before.
        with self.assertRaises(RuntimeError):
            loaded.run({"x": np.ones((9, 4), np.float32)})

    def test_buffers(self):
        saved = migraphx.save_buffer(self.program)
        self.assertIsInstance(saved, bytes)
        for value in (saved, bytearray(saved)):
            self.assert_negates(migraphx.load_buffer(value))

    def test_keys(self):
        key = bytes(range(32))
        saved = migraphx.save_buffer(self.program, key=key)
        self.assertNotIn(b"neg", saved)
        self.assert_negates(migraphx.load_buffer(saved, key=key))
        for wrong in (None, bytes(32), b"short"):
            with self.subTest(wrong), self.assertRaises(RuntimeError):
                migraphx.load_buffer(saved, key=wrong)
        file = self.folder / "encrypted.mxr"
        migraphx.save(self.program, file, key=key)
        self.assert_negates(migraphx.load(file, key=key))
        with self.assertRaises(TypeError):
            migraphx.load(file, "msgpack", key)

    def test_unknown_formats_and_broken_files(self):
        file = self.folder / "file"
        with self.assertRaisesRegex(RuntimeError, "yaml"):
            migraphx.save(self.program, file, format="yaml")
        file.write_bytes(b"no program")
        for content in (b"", b"no program", migraphx.save_buffer(self.program)[:-20]):
            with self.subTest(content[:10]), self.assertRaises(RuntimeError):
                migraphx.load_buffer(content)
        with self.assertRaises(RuntimeError):
            migraphx.load(file)


if __name__ == "__main__":
    unittest.main()

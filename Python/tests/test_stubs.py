"""Type checkers understand the module."""
import tempfile
import unittest

from mypy import api

GOOD = """
import migraphx
program = migraphx.parse_onnx("model.onnx", map_input_dims={"x": [1, 3]})
program.compile(migraphx.get_target("ref"))
lens: list[int] = program.get_inputs()["x"].lens()
results: list[migraphx.argument] = program.run({"x": memoryview(b"")}, output_names=["y"])
names: list[str] = [i.shape().type_string() for i in program.get_main_module()]
version: str = migraphx.__version__
"""
BAD = """
import migraphx
migraphx.parse_onnx("model.onnx").compile("ref")
"""


class StubTest(unittest.TestCase):
    def check(self, *arguments):
        with tempfile.TemporaryDirectory() as cache:
            return api.run(["--cache-dir", cache, *arguments])

    def test_the_stub_is_right_in_itself(self):
        output, _, status = self.check("--package", "migraphx._migraphx")
        self.assertEqual(status, 0, output)

    def test_programs_are_checked(self):
        self.assertEqual(self.check("-c", GOOD)[2], 0, self.check("-c", GOOD)[0])
        output, _, status = self.check("-c", BAD)
        self.assertIn('Argument 1 to "compile"', output)
        self.assertEqual(status, 1)


if __name__ == "__main__":
    unittest.main()

"""The examples in C++ compile without warnings, and run where their model is."""
import tempfile
import unittest
from pathlib import Path

from toolchain import ROOT, build, run

MODEL = ROOT / ".cache/models/ch_PP-OCRv4_rec_infer.onnx"


class ExampleTest(unittest.TestCase):
    def test_run_model(self):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "run_model"
            build(ROOT / "Examples/run_model.cpp", program)
            if not MODEL.exists():
                self.skipTest(f"no model {MODEL}; make demo fetches it")
            lines = run(program, folder=ROOT).splitlines()
            # A step of the recogniser is 8 pixels wide; it knows 6625 characters.
            for line, steps in zip(lines, (40, 80), strict=True):
                self.assertRegex(line, rf"float_type, \{{1, {steps}, 6625\}}, .*: \d")


if __name__ == "__main__":
    unittest.main()

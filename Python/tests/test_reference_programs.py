"""Programs that were written for another MIGraphX run as they stand, but for the target."""
import contextlib
import io
import os
import runpy
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

ROOT = Path(__file__).resolve().parents[2]
ZOO = Path(os.environ.get("MIGRAPHX_ZOO", ROOT.parent / "shared/models"))
PROGRAMS = ZOO.parent / "reference-programs"


@unittest.skipUnless(PROGRAMS.is_dir(), f"no reference programs in {PROGRAMS}")
class ReferenceProgramTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        picture = np.random.default_rng(4).integers(0, 256, (120, 160, 3), np.uint8)
        cv2.imwrite(str(self.folder / "Test.jpg"), picture)

    def make_model(self, *options):
        subprocess.run(
            [sys.executable, ZOO / "materialize.py", "resnet50", "--out", self.folder, *options],
            check=True, capture_output=True)
        (self.folder / "resnet50.onnx").rename(self.folder / "ResNet50.onnx")

    def run_program(self, name):
        """What the program prints, and its variables at the end."""
        text = (PROGRAMS / name).read_text()
        self.assertIn('get_target("gpu")', text)
        program = self.folder / name
        program.write_text(text.replace('get_target("gpu")', 'get_target("ref")'))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(self.folder):
            variables = runpy.run_path(str(program), run_name="__main__")
        return printed.getvalue(), variables

    def assert_is_result(self, variables):
        session = onnxruntime.InferenceSession(
            self.folder / "ResNet50.onnx", providers=["CPUExecutionProvider"])
        expected = session.run(None, {variables["inputName"]: variables["image"]})[0]
        # Ten times what ONNX Runtime differs from itself when it sums in another order.
        difference = np.abs(variables["result"] - expected).max() / expected.std()
        self.assertLess(difference, 1.3e-5)

    def test_classify(self):
        self.make_model("--set", "N=1,H=64,W=64")
        printed, variables = self.run_program("classify.py")
        self.assertIn("inputs:\ninput:float_type, {1, 3, 64, 64}, {12288, 4096, 64, 1}\n", printed)
        self.assertIn("float_type, {1, 1000}, {1000, 1}\n", printed)
        self.assert_is_result(variables)

    def test_dynamic_shape(self):
        self.make_model()
        printed, variables = self.run_program("dynamic_shape.py")
        self.assertIn(
            "inputs:\ninput:float_type, {8, 3, 224, 224}, {150528, 50176, 224, 1}\n", printed)
        self.assertIn("float_type, {8, 1000}, {1000, 1}\n", printed)
        self.assertEqual(variables["outputSize"], [2, 1000])
        self.assert_is_result(variables)


if __name__ == "__main__":
    unittest.main()

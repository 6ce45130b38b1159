import contextlib
import io
import runpy
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / ".cache/models/ch_PP-OCRv4_rec_infer.onnx"


class ExampleTest(unittest.TestCase):
    @unittest.skipUnless(MODEL.exists(), "make demo fetches the model")
    def test_the_example_of_the_readme_runs(self):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(ROOT):
            runpy.run_path(str(ROOT / "Examples/run_model.py"))
        # One step for every eight columns, and a probability for each of 6,625 characters.
        for steps in (40, 80):
            self.assertIn(f"(1, {steps}, 6625)", printed.getvalue())


if __name__ == "__main__":
    unittest.main()

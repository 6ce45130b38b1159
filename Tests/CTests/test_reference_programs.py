"""Programs as users have them, built and run as they stand except for the target's name.

They are looked for in $MIGRAPHX_REFERENCE_PROGRAMS or ../shared/reference-programs, and the zoo
with their model in $MIGRAPHX_ZOO or ../shared/models. They need OpenCV.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from toolchain import INCLUDE, LIBRARY, ROOT, run

PROGRAMS = Path(
    os.environ.get("MIGRAPHX_REFERENCE_PROGRAMS") or ROOT.parent / "shared/reference-programs"
)
ZOO = Path(os.environ.get("MIGRAPHX_ZOO") or ROOT.parent / "shared/models")

# In standard deviations. Programs print six digits, and engines sum in different orders.
TOLERANCE = 1e-4
SHAPES = """inputs:
input:float_type, {%d, 3, 224, 224}, {150528, 50176, 224, 1}
outputs:
logits:float_type, {%d, 1000}, {1000, 1}
"""


def opencv():
    """The compiler's options for OpenCV, or None without it."""
    if not shutil.which("pkg-config"):
        return None
    if subprocess.run(["pkg-config", "--exists", "opencv4"], check=False).returncode != 0:
        return None
    flags = run("pkg-config", "--cflags", "opencv4").split()
    return flags + ["-lopencv_dnn", "-lopencv_imgcodecs", "-lopencv_imgproc", "-lopencv_core"]


@unittest.skipUnless(PROGRAMS.is_dir(), f"no reference programs in {PROGRAMS}")
@unittest.skipUnless((ZOO / "materialize.py").exists(), f"no model zoo in {ZOO}")
@unittest.skipUnless(opencv(), "OpenCV is not installed (Debian: libopencv-dev)")
class ReferenceProgramTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        # OpenCV looks at the content, not at the name: without loss, every engine sees one picture.
        pixels = np.random.default_rng(1).integers(0, 256, (224, 224, 3), np.uint8)
        Image.fromarray(pixels).save(cls.folder / "Test.jpg", format="PNG")
        # As the programs do: blue first, from -0.996 to 0.996, [1, 3, 224, 224].
        scaled = (pixels[:, :, ::-1].astype(np.float32) - 127.5) * np.float32(0.0078125)
        cls.make_model()
        session = onnxruntime.InferenceSession(str(cls.folder / "dynamic/ResNet50.onnx"))
        feeds = {"input": np.ascontiguousarray(scaled.transpose(2, 0, 1)[None])}
        cls.expected = session.run(None, feeds)[0].ravel()

    @classmethod
    def make_model(cls):
        """Writes ResNet50.onnx, with open and with fixed sizes."""
        for folder, options in (("dynamic", []), ("fixed", ["--set", "N=1,H=224,W=224"])):
            out = cls.folder / folder
            run(
                sys.executable, ZOO / "materialize.py", "resnet50", "--out", out, *options,
                PYTHONDONTWRITEBYTECODE="1",
            )
            (out / "resnet50.onnx").rename(out / "ResNet50.onnx")
            (out / "Test.jpg").symlink_to(cls.folder / "Test.jpg")

    def run_program(self, name, model="fixed"):
        """Builds a program for the target cpu and runs it beside the model."""
        source = (PROGRAMS / f"{name}.cpp").read_text()
        source = re.sub(r"migraphx(/|::)gpu\1target", r"migraphx\1cpu\1target", source)
        path = self.folder / f"{name}.cpp"
        path.write_text(source)
        program = self.folder / name
        folder = LIBRARY.parent
        link = [f"-L{folder}", "-lmigraphx_c", f"-Wl,-rpath,{folder}"]
        run("g++", "-std=c++17", f"-I{INCLUDE}", path, "-o", program, *opencv(), *link)
        return run(program, folder=self.folder / model)

    def check_values(self, line):
        values = np.array([float(word) for word in line.rstrip(",\n").split(",")])
        self.assertEqual(values.shape, self.expected.shape)
        difference = np.abs(values - self.expected).max() / self.expected.std()
        self.assertLess(difference, TOLERANCE)

    def check_output(self, output):
        shapes, values = output[: len(SHAPES % (1, 1))], output[len(SHAPES % (1, 1)) :]
        self.assertEqual(shapes, SHAPES % (1, 1))
        self.check_values(values)

    def test_classify(self):
        self.check_output(self.run_program("classify"))

    def test_device_data(self):
        self.check_output(self.run_program("device_data"))

    def test_save_and_load(self):
        self.assertEqual(self.run_program("save"), "")
        self.check_output(self.run_program("load"))

    def test_dynamic_shape(self):
        output = self.run_program("dynamic_shape", "dynamic")
        self.assertTrue(output.startswith(SHAPES % (8, 8)), output[:300])
        lines = output[len(SHAPES % (8, 8)) :].splitlines()
        self.assertEqual(lines[0::2], ["output size:1000", "output size:2000"])
        self.check_values(lines[1])
        both = lines[3].rstrip(",").split(",")
        self.check_values(",".join(both[:1000]))
        self.check_values(",".join(both[1000:]))


if __name__ == "__main__":
    unittest.main()

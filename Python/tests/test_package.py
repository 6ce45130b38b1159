"""What is installed is whole."""
import importlib.metadata
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import migraphx

PACKAGE = Path(migraphx.__file__).parent


class PackageTest(unittest.TestCase):
    def test_version_is_that_of_the_library(self):
        self.assertEqual(migraphx.__version__, importlib.metadata.version("migraphx"))

    def test_nothing_of_swift_is_needed_from_elsewhere(self):
        for file in [*PACKAGE.glob("_migraphx*.so"), *PACKAGE.glob("libmigraphx_c.so*")]:
            needed = subprocess.run(
                ["ldd", file], capture_output=True, text=True, check=True, env={}).stdout
            with self.subTest(file.name):
                self.assertNotIn("not found", needed)
                self.assertNotIn("libswift", needed)
                self.assertNotIn("libFoundation", needed)
                if file.name.startswith("_migraphx"):
                    self.assertIn(str(PACKAGE / "libmigraphx_c.so.3"), needed)

    def test_it_is_imported_from_anywhere(self):
        environment = {k: v for k, v in os.environ.items()
                       if k not in ("PYTHONPATH", "LD_LIBRARY_PATH")}
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [sys.executable, "-c", "import migraphx; migraphx.get_target('ref')"],
                cwd=folder, env=environment, check=True)

    def test_numpy_and_onnx_are_not_needed(self):
        script = ("import sys, migraphx; "
                  "sys.exit(any(name in sys.modules for name in ('numpy', 'onnx')))")
        self.assertEqual(subprocess.run([sys.executable, "-c", script]).returncode, 0)


if __name__ == "__main__":
    unittest.main()

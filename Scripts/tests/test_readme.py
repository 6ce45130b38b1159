"""The README shows code and output that come from elsewhere; here it is held to their sources."""
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Scripts"))

from demo import drawing  # noqa: E402


class ReadmeTest(unittest.TestCase):
    def test_examples_are_those_that_are_tested(self):
        readme = (ROOT / "README.md").read_text()
        files = {"swift": "RunModel/main.swift", "cpp": "run_model.cpp", "python": "run_model.py"}
        for language, file in files.items():
            example = (ROOT / "Examples" / file).read_text()
            self.assertIn(f"```{language}\n{example}```", readme)

    def test_demo_prints_the_page(self):
        readme = (ROOT / "README.md").read_text()
        for number, printed in enumerate(drawing.PAGE, start=1):
            self.assertRegex(readme, rf"(?m)^ +{number}  [01]\.\d{{3}}  {printed.text}$")

    def test_commands_are_targets_of_the_makefile(self):
        readme = (ROOT / "README.md").read_text()
        makefile = (ROOT / "Makefile").read_text()
        targets = "build demo docs help install python test test-server wheel"
        for target in targets.split():
            self.assertIn(f"make {target}", readme)
            self.assertIn(f"\n{target}:", makefile)


if __name__ == "__main__":
    unittest.main()

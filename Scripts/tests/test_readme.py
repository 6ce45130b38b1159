"""The README shows code that is compiled elsewhere; here it is held to that code."""
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class ReadmeTest(unittest.TestCase):
    def test_swift_example_is_the_compiled_one(self):
        readme = (ROOT / "README.md").read_text()
        example = (ROOT / "Examples/RunModel/main.swift").read_text()
        self.assertIn(f"```swift\n{example}```", readme)

    def test_cxx_example_is_the_compiled_one(self):
        readme = (ROOT / "README.md").read_text()
        example = (ROOT / "Examples/run_model.cpp").read_text()
        self.assertIn(f"```cpp\n{example}```", readme)

    def test_commands_are_targets_of_the_makefile(self):
        readme = (ROOT / "README.md").read_text()
        makefile = (ROOT / "Makefile").read_text()
        for target in ("demo", "test", "build", "install", "help"):
            self.assertIn(f"make {target}", readme)
            self.assertIn(f"\n{target}:", makefile)


if __name__ == "__main__":
    unittest.main()

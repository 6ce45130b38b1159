"""The documentation shows code that is compiled, and the catalogue has no dead links.

The articles' code stands in a Swift test, the tutorial's last files are links to the server example; the tutorial's
steps before are type-checked here.
"""
import re
import subprocess
import tempfile
import textwrap
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "Sources/MIGraphX/MIGraphX.docc"
MODULES = ROOT / ".build/testing/release/Modules"
C_MODULE = ROOT / "Sources/CLLVM/include"


def listings(article):
    """The Swift code that an article shows."""
    return re.findall(r"^```swift\n(.*?)^```$", article.read_text(), re.MULTILINE | re.DOTALL)


def occurs(listing, source):
    """Whether the listing's lines follow each other in the source, indented alike."""
    lines, wanted = source.splitlines(), listing.splitlines()
    windows = (lines[start:start + len(wanted)] for start in range(len(lines)))
    return any(textwrap.dedent("\n".join(window)) == "\n".join(wanted) for window in windows)


class DocumentationTest(unittest.TestCase):
    def test_listings_are_compiled_code(self):
        source = (ROOT / "Tests/MIGraphXTests/ArticleTests.swift").read_text()
        found = [listing for article in CATALOGUE.glob("*.md") for listing in listings(article)]
        self.assertGreater(len(found), 10)
        for listing in found:
            self.assertTrue(occurs(listing, source), f"no test has this code:\n{listing}")

    def test_listings_are_compared_line_by_line(self):
        self.assertTrue(occurs("if a {\n  b\n}\n", "  x\n  if a {\n    b\n  }\n"))
        self.assertFalse(occurs("if a {\n  b\n}\n", "  if a {\n    c\n  }\n"))
        self.assertFalse(occurs("a\nb\n", "a\n\nb\n"))

    def test_steps_of_the_tutorial_are_compiled_code(self):
        steps = set()
        for tutorial in CATALOGUE.glob("Tutorials/*.tutorial"):
            steps |= set(re.findall(r'file: "(.+?)"', tutorial.read_text()))
        files = {path.name: path for path in CATALOGUE.glob("Resources/*.swift")}
        self.assertEqual(steps, set(files))
        for name in sorted(steps):
            if files[name].is_symlink():
                self.assertTrue(files[name].resolve().is_relative_to(ROOT / "Examples/Server"))
                continue
            check = subprocess.run(
                ["swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors",
                 "-I", MODULES, "-I", C_MODULE, files[name]], stderr=subprocess.PIPE, text=True)
            self.assertEqual(check.returncode, 0, check.stderr)

    def test_catalogue_can_be_built(self):
        with tempfile.TemporaryDirectory() as folder:
            build = subprocess.run(
                [ROOT / "Scripts/build-docs.sh", MODULES, Path(folder) / "docs"],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.assertEqual(build.returncode, 0, build.stdout)
            self.assertTrue((Path(folder) / "docs/documentation/migraphx/index.html").is_file())


if __name__ == "__main__":
    unittest.main()

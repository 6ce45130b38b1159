"""Tests of check-imports.py on small trees."""
import importlib.util
import tempfile
import unittest
from pathlib import Path

PATH = Path(__file__).resolve().parents[1] / "check-imports.py"
SPEC = importlib.util.spec_from_file_location("check_imports", PATH)
checker = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(checker)


def target(name, *dependencies, kind="regular", path=None):
    """A target as `swift package dump-package` describes it."""
    entries = [{"byName": [name, None]} for name in dependencies]
    entries.append({"product": ["ArgumentParser", "swift-argument-parser", None, None]})
    return {"name": name, "type": kind, "path": path, "dependencies": entries}


LOW, HIGH = target("Low"), target("High", "Low")
TOOL = target("tool", "High", kind="executable", path="Sources/driver")


class CheckTests(unittest.TestCase):
    def check(self, files, targets=(LOW, HIGH, TOOL)):
        """The messages on a tree with these files, given as path to text."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                file = Path(folder, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            return checker.check(Path(folder), list(targets))

    def test_listed_imports_pass(self):
        files = {
            "Sources/High/a.swift": "import Low\nimport Glibc\nimport FoundationEssentials\n",
            "Sources/driver/main.swift": "import ArgumentParser\nimport High\n",
        }
        self.assertEqual(self.check(files), [])

    def test_unlisted_import_fails(self):
        found = self.check({"Sources/driver/main.swift": "// header\n\nimport Low\n"})
        self.assertEqual(found, ["Sources/driver/main.swift:3: tool does not list Low"])

    def test_import_of_a_later_target_fails(self):
        found = self.check({"Sources/Low/deep/b.swift": "import High\n"})
        self.assertEqual(found, ["Sources/Low/deep/b.swift:1: Low does not list High"])

    def test_listing_a_later_target_fails(self):
        found = self.check({}, [HIGH, LOW])
        self.assertEqual(found, ["Package.swift: High lists Low, which does not stand before it"])

    def test_every_form_of_import_is_seen(self):
        forms = [
            "@testable import High",
            "@_spi(Inner) import High",
            "@preconcurrency public import High",
            "internal import High",
            "import struct High.Thing",
            "  import High",
            "@_exported\nimport High",
        ]
        for form in forms:
            with self.subTest(form):
                self.assertEqual(len(self.check({"Sources/Low/a.swift": form + "\n"})), 1)

    def test_text_that_only_looks_like_an_import_passes(self):
        texts = [
            "// import High\n",
            "/*\nimport High\n*/\n",
            'let text = """\n  import High\n  """\n',
            "import Highlands\n",
            "let important = 1\n",
        ]
        for text in texts:
            with self.subTest(text):
                self.assertEqual(self.check({"Sources/Low/a.swift": text}), [])

    def test_string_that_opens_a_comment_hides_nothing(self):
        found = self.check({"Sources/Low/a.swift": 'let a = "/*"\nimport High\nlet b = "*/"\n'})
        self.assertEqual(found, ["Sources/Low/a.swift:2: Low does not list High"])

    def test_foundation_fails_in_sources_only(self):
        tests = target("LowTests", "Low", kind="test")
        files = {
            "Sources/Low/a.swift": "import Foundation\n",
            "Tests/LowTests/a.swift": "import Foundation\nimport Low\n",
        }
        found = self.check(files, [LOW, tests])
        self.assertEqual(len(found), 1)
        self.assertIn("Sources/Low/a.swift:1: import of Foundation", found[0])

    def test_tests_obey_their_lists(self):
        tests = target("LowTests", "Low", kind="test")
        found = self.check({"Tests/LowTests/a.swift": "import High\n"}, [LOW, HIGH, tests])
        self.assertEqual(found, ["Tests/LowTests/a.swift:1: LowTests does not list High"])

    def test_long_files_fail_unless_generated(self):
        files = {
            "Sources/Low/right.swift": "\n" * 500,
            "Sources/Low/long.swift": "\n" * 501,
            "Sources/Low/made.pb.swift": "import Foundation\n" * 900,
        }
        self.assertEqual(self.check(files), ["Sources/Low/long.swift: 501 lines, at most 500"])


if __name__ == "__main__":
    unittest.main()

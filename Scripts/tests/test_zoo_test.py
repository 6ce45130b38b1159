"""Tests of what zoo_test.py reports and keeps."""
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import zoo_test  # noqa: E402
from demo.errors import DemoError  # noqa: E402


class Reference:
    """Stands in for the zoo's module."""

    @staticmethod
    def difference(entry, expected, found):
        return max(float(np.abs(a - b).max()) for a, b in zip(expected, found))


class CompareTests(unittest.TestCase):
    entry = {"default": {"N": 1}, "outputs": [{"name": "y"}]}

    def compare(self, expected, found):
        return zoo_test.compare(Reference, self.entry, {"y": expected}, found)

    def test_names_types_and_sizes_count(self):
        y = np.zeros((2, 3), np.float32)
        self.assertEqual(self.compare(y, {"y": y + np.float32(0.5)}), 0.5)
        for found in ({"z": y}, {"y": y.astype(np.float64)}, {"y": y[:1]}, {"y": y.reshape(6)}):
            with self.assertRaises(DemoError):
                self.compare(y, found)


class ResultsTests(unittest.TestCase):
    def test_a_pass_counts_for_the_same_driver_only_and_survives(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "cache", "results.json")
            results = zoo_test.Results(path)
            results.add("m N1", {"stamp": "a", "passed": True})
            results.add("m N2", {"stamp": "a", "passed": False})
            again = zoo_test.Results(path)
            self.assertTrue(again.passed("m N1", "a"))
            for key, stamp in (("m N1", "b"), ("m N2", "a"), ("m N3", "a")):
                self.assertFalse(again.passed(key, stamp))

    def test_table_marks_failures(self):
        rows = {
            "m N1-H2": {"passed": True, "error": 1e-6, "bound": 1e-5, "seconds": 2.04},
            "m half N1": {"passed": False, "message": "a | b"},
            "m int8 N1": {"passed": True, "error": 0.5, "bound": 1.5, "seconds": 1},
        }
        lines = zoo_test.table(rows).splitlines()
        self.assertEqual(lines[2], "| m | N1-H2 | 1.0e-06 | 1.0e-05 | 2.0 |")
        self.assertEqual(lines[3], "| m | half N1 | a / b **failed** |  |  |")
        self.assertEqual(lines[4], "| m | int8 N1 | 5.0e-01 | 1.5e+00 tells little | 1.0 |")


if __name__ == "__main__":
    unittest.main()

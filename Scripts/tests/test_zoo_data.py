"""Tests of the choices that zoo_data.py makes."""
import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import zoo_data  # noqa: E402


class CaseTests(unittest.TestCase):
    def cases(self, default, *shapes):
        shapes = [{"sizes": sizes} for sizes in shapes]
        return zoo_data.cases({"name": "m", "default": default, "dynamic_shapes": shapes})

    def test_cheapest_other_sequence_above_one_is_chosen(self):
        found = self.cases(
            {"N": 1, "S": 64}, {"N": 1, "S": 1}, {"N": 1, "S": 33}, {"N": 2, "S": 7}, {"N": 4, "S": 64}
        )
        self.assertEqual(found, {"default": {"N": 1, "S": 64}, "N2-S7": {"N": 2, "S": 7}})

    def test_model_of_fixed_sizes_has_one_case(self):
        self.assertEqual(self.cases({}), {"default": {}})

    def test_batch_counts_where_it_is_all_there_is(self):
        found = self.cases({"N": 16}, {"N": 1}, {"N": 2}, {"N": 64})
        self.assertEqual(list(found), ["default", "N2"])


class MeasureTests(unittest.TestCase):
    def test_difference_is_in_standard_deviations_and_takes_the_worst(self):
        expected = [np.array([-2.0, 2.0]), np.array([-1.0, 1.0])]
        got = [np.array([-2.0, 2.5]), np.array([-1.5, 1.0])]
        self.assertAlmostEqual(zoo_data.difference(expected, got), 0.5, places=5)

    def test_bound_has_a_floor(self):
        self.assertEqual(zoo_data.allowed_difference(0), 1e-5)
        self.assertAlmostEqual(zoo_data.allowed_difference(2e-5), 2e-4)


class EnsureTests(unittest.TestCase):
    def test_made_once_per_stamp_and_never_half(self):
        with tempfile.TemporaryDirectory() as folder:
            target, made = Path(folder, "zoo", "model"), []

            def make(place):
                (place / "file").write_text(str(len(made)))
                made.append(place)

            def break_off(place):
                (place / "half").write_text("")
                raise OSError("disk full")

            for stamp in ("a", "a", "b"):
                with contextlib.redirect_stdout(io.StringIO()):
                    zoo_data.ensure(target, stamp, make)
            self.assertEqual((len(made), (target / "file").read_text()), (2, "1"))
            with self.assertRaises(OSError):
                zoo_data.ensure(target, "c", break_off)
            self.assertEqual(sorted(p.name for p in target.iterdir()), ["file", "stamp"])
            self.assertEqual([p.name for p in target.parent.iterdir()], ["model"])

    def test_case_folder_lists_its_arrays(self):
        with tempfile.TemporaryDirectory() as folder:
            case = Path(folder, "default")
            feeds, results = {"x": np.arange(3)}, {"y": np.ones((2, 2)), "z": np.zeros(1)}
            zoo_data.write_case(case, {"model": "m"}, feeds, results)
            index = json.loads((case / "index.json").read_text())
            self.assertEqual(index["inputs"], [{"name": "x", "file": "input_0.npy"}])
            self.assertEqual([o["name"] for o in index["outputs"]], ["y", "z"])
            np.testing.assert_array_equal(np.load(case / "input_0.npy"), feeds["x"])
            np.testing.assert_array_equal(np.load(case / index["outputs"][1]["file"]), results["z"])


if __name__ == "__main__":
    unittest.main()

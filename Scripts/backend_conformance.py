#!/usr/bin/env python3
"""Runs ONNX's backend tests through the Python module and counts what passes.

A test passes, is refused (migraphx.Error: something isn't supported), or is wrong: another result
than ONNX's, or another exception. Those of downloaded models are left out. Exits with 1 when a
test is wrong.
"""
import argparse
import contextlib
import io
import re
import sys
import unittest

from onnx.backend.test import BackendTest

import migraphx
from migraphx.backend import MIGraphXBackend

CATEGORIES = {
    "node": "OnnxBackendNodeModelTest",
    "simple": "OnnxBackendSimpleModelTest",
    "pytorch-converted": "OnnxBackendPyTorchConvertedModelTest",
    "pytorch-operator": "OnnxBackendPyTorchOperatorModelTest",
}


def backend_for(target):
    """A backend that takes ONNX's device CPU for the target."""

    class TargetBackend(MIGraphXBackend):
        @classmethod
        def supports_device(cls, device):
            return device == "CPU"

        @classmethod
        def prepare(cls, model, device=None, **kwargs):
            return super().prepare(model, target)

    return TargetBackend


class Outcomes(unittest.TestResult):
    """Names of tests, and why they didn't pass, by outcome."""

    def __init__(self):
        super().__init__()
        self.passed, self.refused, self.wrong = {}, {}, {}

    def addSuccess(self, test):
        self.passed[name(test)] = ""

    def addFailure(self, test, error):
        self.wrong[name(test)] = summary(error)

    def addError(self, test, error):
        outcome = self.refused if issubclass(error[0], migraphx.Error) else self.wrong
        outcome[name(test)] = summary(error)


def name(test):
    return test.id().rpartition(".")[2].removesuffix("_cpu")


def summary(error):
    return re.sub(r"\s+", " ", f"{error[0].__name__}: {error[1]}")[:200]


def outcomes(target, pattern=""):
    """The outcomes by category."""
    cases = BackendTest(backend_for(target), __name__).include(pattern).test_cases
    results = {}
    for category, case in CATEGORIES.items():
        results[category] = Outcomes()
        # What the tests and the tested print is no part of the table.
        with contextlib.redirect_stdout(io.StringIO()):
            unittest.defaultTestLoader.loadTestsFromTestCase(cases[case]).run(results[category])
    return results


def table(results):
    lines = ["| category | tests | passed | refused | wrong |", "|---|---|---|---|---|"]
    for category, result in results.items():
        counts = [len(outcome) for outcome in (result.passed, result.refused, result.wrong)]
        lines.append(f"| {category} | {sum(counts)} | {' | '.join(map(str, counts))} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--target", default="cpu", help="what to compile for (cpu)")
    parser.add_argument("--match", default="", help="only tests whose name matches this expression")
    parser.add_argument(
        "--list", nargs="+", default=["wrong"], choices=["passed", "refused", "wrong", "none"],
        help="outcomes whose tests are listed (wrong)")
    options = parser.parse_args()
    results = outcomes(options.target, options.match)
    for category, result in results.items():
        for outcome in options.list:
            for test, reason in getattr(result, outcome, {}).items():
                print(f"{outcome}: {category}: {test}: {reason}")
    print(table(results))
    sys.exit(any(result.wrong for result in results.values()))


if __name__ == "__main__":
    main()

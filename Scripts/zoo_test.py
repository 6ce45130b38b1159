#!/usr/bin/env python3
"""Runs every model of the zoo at every shape, and compares the outputs with ONNX Runtime's.

For each model: makes it, runs it at its default sizes and at each listed dynamic shape with
ONNX Runtime and with migraphx-driver, and deletes it. Prints a table in Markdown at the end. What
passed with the same driver before is not run again, so a run that was broken off is resumed.
"""
import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

import zoo_data  # noqa: E402
from demo.errors import DemoError  # noqa: E402

DRIVER = zoo_data.ROOT / ".build" / "release" / "migraphx-driver"
RESULTS = zoo_data.CACHE / "zoo-test.json"
TIME_LIMIT = 3600


class Results:
    """What became of each row, kept in a file after each."""

    def __init__(self, path):
        self.path = path
        self.rows = json.loads(path.read_text()) if path.exists() else {}

    def passed(self, key, stamp):
        row = self.rows.get(key)
        return row is not None and row["stamp"] == stamp and row["passed"]

    def add(self, key, row):
        self.rows[key] = row
        self.path.parent.mkdir(parents=True, exist_ok=True)
        scratch = self.path.with_suffix(".new")
        scratch.write_text(json.dumps(self.rows, indent=1) + "\n")
        scratch.rename(self.path)


def run_driver(driver, model, feeds, folder):
    """The outputs by name, and what the run cost."""
    inputs, outputs = folder / "inputs.npz", folder / "outputs.npz"
    np.savez(inputs, **feeds)
    outputs.unlink(missing_ok=True)
    command = [driver, "run", "--onnx", model, "--inputs", inputs, "--outputs", outputs, "--quiet"]
    start = time.monotonic()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log)
        try:
            process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise DemoError(f"no result within {TIME_LIMIT} s") from None
        seconds = time.monotonic() - start
        if process.returncode != 0:
            log.seek(0)
            lines = log.read().decode(errors="replace").strip().splitlines() or ["no message"]
            raise DemoError(f"exit code {process.returncode}: {lines[-1]}")
    with np.load(outputs) as file:
        return {name: file[name] for name in file.files}, seconds


def is_detector(entry):
    """Whether the model selects boxes; two of nearly one score may stand either way around."""
    return [output["name"] for output in entry["outputs"]][:3] == ["boxes", "scores", "labels"]


def allowed_difference(reference, entry):
    """The bound for a model."""
    if is_detector(entry):
        return reference.bound(entry, zoo_data.BOUND_FACTOR, zoo_data.BOUND_FLOOR)
    return zoo_data.allowed_difference(entry["self_diff"])


def compare(reference, entry, expected, found):
    """The largest difference; raises where types, sizes or names differ."""
    if list(expected) != list(found):
        raise DemoError(f"outputs {list(found)}; {list(expected)} are expected")
    for name, wanted in expected.items():
        got = found[name]
        if wanted.dtype != got.dtype or wanted.ndim != got.ndim:
            raise DemoError(f"{name} is {got.dtype} {got.shape}; {wanted.dtype} {wanted.shape} wanted")
        if wanted.shape != got.shape and not is_detector(entry):
            raise DemoError(f"{name} has sizes {got.shape}; {wanted.shape} are expected")
    return reference.difference(entry, list(expected.values()), list(found.values()))


def shapes(entry):
    """Row title to sizes: the default, and each listed dynamic shape."""
    sizes = [entry["default"], *(shape["sizes"] for shape in entry["dynamic_shapes"])]
    return {zoo_data.case_name(s) or "static": s for s in sizes}


def test_model(zoo, entry, titles, driver, record):
    """Makes a model and runs it at the shapes of `titles`; calls `record(title, row)` after each."""
    reference = zoo["reference"]
    with tempfile.TemporaryDirectory(dir=zoo_data.CACHE, prefix="zoo-test-") as scratch:
        folder = Path(scratch)
        model = zoo["materialize"].materialize(entry, scratch)
        runner = zoo_data.session(model)
        bound = allowed_difference(reference, entry)
        for title, sizes in titles.items():
            row = {"bound": bound, "passed": False}
            try:
                feeds, expected = reference.run(model, entry, sizes, runner)
                found, row["seconds"] = run_driver(driver, model, feeds, folder)
                row["error"] = compare(reference, entry, expected, found)
                row["passed"] = row["error"] <= bound
            except DemoError as error:
                row["message"] = " ".join(str(error).split())[:300]
            record(title, row)


def table(rows):
    """The rows in Markdown."""
    lines = ["| model | shape | largest error | bound | seconds |", "|---|---|---|---|---|"]
    for key, row in rows.items():
        name, _, title = key.partition(" ")
        error = f"{row['error']:.1e}" if "error" in row else row["message"].replace("|", "/")
        mark = "" if row["passed"] else " **failed**"
        seconds = f"{row['seconds']:.1f}" if "seconds" in row else ""
        lines.append(f"| {name} | {title} | {error}{mark} | {row['bound']:.1e} | {seconds} |")
    return "\n".join(lines)


def run(options):
    """Runs what the command line asks for; whether all of it passed."""
    zoo = zoo_data.find_zoo()
    if zoo is None:
        raise DemoError("the tests need the zoo")
    entries = zoo["materialize"].load_index()
    names = [entry["name"] for entry in entries]
    unknown = set(options.models) - set(names)
    if unknown:
        raise DemoError(f"no model {', '.join(sorted(unknown))} in the zoo; it has {', '.join(names)}")
    results, chosen = Results(options.results), {}
    zoo_data.CACHE.mkdir(exist_ok=True)
    code = hashlib.sha256(options.driver.read_bytes()).hexdigest()
    for entry in entries:
        if options.models and entry["name"] not in options.models:
            continue
        stamp = zoo_data.recipe(code, json.dumps(entry, sort_keys=True))

        def record(title, row):
            key = f"{entry['name']} {title}"
            results.add(key, row | {"stamp": stamp})
            print(key, row.get("error", row.get("message")), "of", row["bound"], flush=True)

        titles = shapes(entry)
        chosen |= {f"{entry['name']} {title}": None for title in titles}
        missing = {
            title: sizes
            for title, sizes in titles.items()
            if not results.passed(f"{entry['name']} {title}", stamp)
        }
        if missing and not options.print_only:
            test_model(zoo, entry, missing, options.driver, record)
    rows = {key: results.rows[key] for key in chosen if key in results.rows}
    print(table(rows))
    failed = [key for key, row in rows.items() if not row["passed"]]
    print(f"{len(rows) - len(failed)} of {len(chosen)} passed", *failed, sep="\n  failed: ")
    return len(rows) - len(failed) == len(chosen)


def main():
    """Runs the command line; failures are one line on standard error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="*", help="names of models; all if there are none")
    parser.add_argument("--driver", type=Path, default=DRIVER, help="the driver to run")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file of results")
    parser.add_argument("--print-only", action="store_true", help="print the results so far")
    try:
        return 0 if run(parser.parse_args()) else 1
    except (DemoError, OSError) as error:
        print("error:", " ".join(str(error).split()), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

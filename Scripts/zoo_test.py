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
import onnx
import onnxruntime

sys.path.insert(0, str(Path(__file__).resolve().parent))

import zoo_data  # noqa: E402
import zoo_variants  # noqa: E402
from demo.errors import DemoError  # noqa: E402

# The models as they are, compiled with fast math; all else is compiled without.
FAST = "fast"
DRIVER = zoo_data.ROOT / ".build" / "release" / "migraphx-driver"
RESULTS = zoo_data.CACHE / "zoo-test.json"
TIME_LIMIT = 3600
VARIANT_SHAPES = 3


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


def run_driver(driver, model, feeds, folder, fast_math=False):
    """The outputs by name, and what the run cost."""
    inputs, outputs = folder / "inputs.npz", folder / "outputs.npz"
    np.savez(inputs, **feeds)
    outputs.unlink(missing_ok=True)
    command = [driver, "run", "--onnx", model, "--inputs", inputs, "--outputs", outputs, "--quiet"]
    if not fast_math:
        command.append("--disable-fast-math")
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


def allowed_difference(reference, entry, fast_math=False):
    """The bound for a model. Winograd's convolutions may lose two digits more than plain sums."""
    if fast_math:
        return reference.bound(entry, 10 * zoo_data.BOUND_FACTOR, 100 * zoo_data.BOUND_FLOOR)
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


def shapes(entry, variant):
    """Row title to sizes: the default, and each listed dynamic shape; a variant takes fewer."""
    sizes = [entry["default"], *(shape["sizes"] for shape in entry["dynamic_shapes"])]
    prefix = f"{variant} " if variant else ""
    chosen = sizes if variant in ("", FAST) else sizes[:VARIANT_SHAPES]
    return {prefix + (zoo_data.case_name(s) or "static"): s for s in chosen}


class Model:
    """A model that stands in a folder, and what ONNX Runtime makes of it."""

    def __init__(self, zoo, entry, folder, fast_math=False):
        self.reference = zoo["reference"]
        self.entry = entry
        self.fast_math = fast_math
        self.make(zoo, folder)
        self.runner = zoo_data.session(self.path)
        self.names = [output.name for output in self.runner.get_outputs()]

    def make(self, zoo, folder):
        self.path = Path(zoo["materialize"].materialize(self.entry, str(folder)))

    def run(self, runner, feeds):
        """The outputs by name."""
        return dict(zip(self.names, runner.run(self.names, feeds)))

    def difference(self, expected, found):
        return self.reference.difference(self.entry, list(expected.values()), list(found.values()))

    def answer(self, sizes):
        """Inputs, the outputs by each way that ONNX Runtime has, and the bound."""
        feeds = self.reference.make_inputs(self.entry, sizes)
        bound = allowed_difference(self.reference, self.entry, self.fast_math)
        return feeds, [self.run(self.runner, feeds)], bound

    def wider_bound(self, feeds, expected):
        """The bound for a model whose `self_diff` says nothing.

        Both ways in which ONNX Runtime was run sum in the same order: how far it is from the exact
        result tells more.
        """
        model = onnx.load(self.path)
        zoo_variants.retype(model.graph, onnx.TensorProto.FLOAT, onnx.TensorProto.DOUBLE)
        del model.graph.value_info[:]
        wide = {n: a.astype(np.float64) if a.dtype == np.float32 else a for n, a in feeds.items()}
        runner = onnxruntime.InferenceSession(
            model.SerializeToString(), self.runner.get_session_options(), providers=["CPUExecutionProvider"])
        return zoo_variants.SPREAD_FACTOR * self.difference(self.run(runner, wide), expected)


class VariantModel(Model):
    """A model in another number format."""

    def __init__(self, zoo, entry, variant, folder):
        self.variant = variant
        super().__init__(zoo, entry, folder)
        self.plain = zoo_data.session(self.path, threads=1, optimised=False)

    def make(self, zoo, folder):
        make, _ = zoo_variants.VARIANTS[self.variant]
        self.path = make(self.reference, zoo, self.entry, folder)


class HalfModel(VariantModel):
    """A model in half.

    ONNX Runtime computes most nodes in float and rounds their results to half, but not all of them, and
    others when it optimises. As far as rounding each takes it from the model in float, so far may
    any two ways of rounding be from each other.
    """

    def __init__(self, zoo, entry, variant, folder):
        super().__init__(zoo, entry, variant, folder)
        self.rounding = zoo_data.session(zoo_variants.with_rounding(self.path), optimised=False)
        (folder / "exact").mkdir()
        self.exact = zoo_data.session(zoo["materialize"].materialize(entry, str(folder / "exact")))

    def answer(self, sizes):
        exact_feeds = self.reference.make_inputs(self.entry, sizes)
        feeds = zoo_variants.feeds_for(self.path, exact_feeds)
        ways = [self.run(self.plain, feeds), self.run(self.runner, feeds)]
        rounded = self.run(
            self.rounding, {n: a.astype(np.float32) if a.dtype == np.float16 else a for n, a in feeds.items()})
        ways.append({name: rounded[name].astype(array.dtype) for name, array in ways[0].items()})
        loss = self.difference(self.run(self.exact, exact_feeds), rounded)
        return feeds, ways, zoo_variants.SPREAD_FACTOR * loss


class Int8Model(VariantModel):
    """A model in 8 bits.

    What is computed in float before it is rounded to 8 bits differs in its last bits from engine to engine,
    and so some of it is rounded to the next step. Noise of that size shows how far this takes the outputs.
    """

    def __init__(self, zoo, entry, variant, folder):
        super().__init__(zoo, entry, variant, folder)
        self.noisy = zoo_data.session(zoo_variants.with_noise(self.path), threads=1, optimised=False)

    def answer(self, sizes):
        feeds = self.reference.make_inputs(self.entry, sizes)
        plain = self.run(self.plain, feeds)
        spread = max(
            self.difference(plain, self.run(self.noisy, feeds)) for _ in range(zoo_variants.NOISE_RUNS))
        bound = max(
            zoo_variants.SPREAD_FACTOR * spread, zoo_variants.step(self.path, plain),
            allowed_difference(self.reference, self.entry))
        return feeds, [plain, self.run(self.runner, feeds)], bound


def make_model(zoo, entry, variant, folder):
    """Makes a model, or a variant of it."""
    if variant in ("", FAST):
        return Model(zoo, entry, folder, fast_math=variant == FAST)
    kind = HalfModel if variant.startswith("half") else Int8Model
    return kind(zoo, entry, variant, folder)


def test_model(zoo, entry, variant, titles, driver, record):
    """Makes a model and runs it at the shapes of `titles`; calls `record(title, row)` after each."""
    with tempfile.TemporaryDirectory(dir=zoo_data.CACHE, prefix="zoo-test-") as scratch:
        model = make_model(zoo, entry, variant, Path(scratch))
        for title, sizes in titles.items():
            row = {"passed": False}
            try:
                feeds, ways, row["bound"] = model.answer(sizes)
                found, row["seconds"] = run_driver(
                    driver, model.path, feeds, Path(scratch), model.fast_math)
                row["error"] = min(compare(model.reference, entry, way, found) for way in ways)
                if row["error"] > row["bound"] and entry["self_diff"] == 0 and variant in ("", FAST):
                    row["bound"] = max(row["bound"], model.wider_bound(feeds, ways[0]))
                row["passed"] = row["error"] <= row["bound"]
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
        bound = f"{row['bound']:.1e}" if "bound" in row else ""
        if row.get("bound", 0) > 1:
            # Noise alone may change all of the output.
            bound += " tells little"
        lines.append(f"| {name} | {title} | {error}{mark} | {bound} | {seconds} |")
    return "\n".join(lines)


def variants(options):
    """The number formats to try: the models as they are, and those that converters make of them."""
    names = options.variants or ["plain", FAST, *zoo_variants.VARIANTS]
    for name in names:
        if name in ("plain", FAST):
            yield name.removeprefix("plain")
        elif name not in zoo_variants.VARIANTS:
            raise DemoError(f"no variant {name}; there are plain, {FAST}, {', '.join(zoo_variants.VARIANTS)}")
        elif zoo_variants.available(name):
            yield name
        else:
            print(f"{name} is left out: its converter is not installed")


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
    tests = [Path(file).read_text() for file in (__file__, zoo_variants.__file__)]
    wanted = [e for e in entries if not options.models or e["name"] in options.models]
    for entry, variant in [(e, v) for v in variants(options) for e in wanted]:
        if variant not in ("", FAST) and entry["name"] not in zoo_variants.VARIANTS[variant][1]:
            continue
        stamp = zoo_data.recipe(code, json.dumps(entry, sort_keys=True), *tests)

        def record(title, row):
            key = f"{entry['name']} {title}"
            results.add(key, row | {"stamp": stamp})
            print(key, row.get("error", row.get("message")), "of", row.get("bound"), flush=True)

        titles = dict(list(shapes(entry, variant).items())[:options.shapes])
        chosen |= {f"{entry['name']} {title}": None for title in titles}
        missing = {
            title: sizes
            for title, sizes in titles.items()
            if not results.passed(f"{entry['name']} {title}", stamp)
        }
        if missing and not options.print_only:
            test_model(zoo, entry, variant, missing, options.driver, record)
    rows = {key: results.rows[key] for key in chosen if key in results.rows}
    print(table(rows))
    failed = [key for key, row in rows.items() if not row["passed"]]
    print(f"{len(rows) - len(failed)} of {len(chosen)} passed", *failed, sep="\n  failed: ")
    return len(rows) - len(failed) == len(chosen)


def main():
    """Runs the command line; failures are one line on standard error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="*", help="names of models; all if there are none")
    parser.add_argument("--variants", nargs="*", help="plain, and names of number formats")
    parser.add_argument("--shapes", type=int, help="only so many shapes of each model")
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

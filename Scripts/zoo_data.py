#!/usr/bin/env python3
"""Makes the data of the whole-model tests: models, inputs, and ONNX Runtime's outputs.

    .cache/zoo/<name>/model.onnx
    .cache/zoo/<name>/<case>/index.json, input_<k>.npy, output_<k>.npy

index.json names the model, the case, the sizes of the symbolic dimensions, the file of each input
and output, and the bound: how far an output may be from the expected one, as a part of the
expected one's standard deviation. The zoo, a folder of model skeletons with weights made from
seeds, is looked for in $MIGRAPHX_ZOO or ../shared/models; without it its models are left out.
What stands already and was made by the same recipe is kept.
"""
import argparse
import hashlib
import importlib
import json
import math
import os
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime

sys.path.insert(0, str(Path(__file__).resolve().parent))

from demo import drawing, models, recognition  # noqa: E402
from demo.errors import DemoError  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"

ZOO_MODELS = (
    "mtcnn_pnet mtcnn_rnet mtcnn_onet crnn svtr_tiny mobilenet_v2 resnet50 bert_base gpt2 yolov8n "
    "squeezenet1_1 shufflenet_v2_x1_0 lstm_classifier gru_classifier if_branch loop_decoder scan_ssm"
).split()
# Cases beside the default and the small one: a picture that is not square.
MORE_CASES = {"yolov8n": [{"N": 1, "H": 128, "W": 96}]}

DEMO_MODEL = "ppocrv4_rec"
DEMO_LINES = {"line": "MIGraphX for Swift reads 42 lines", "short": "Hello"}

# An engine that sums in another order than ONNX Runtime differs by some multiple of what ONNX
# Runtime's own two ways of running differ by; below the floor single precision has no meaning.
BOUND_FACTOR = 10
BOUND_FLOOR = 1e-5


def allowed_difference(self_difference):
    """The bound for a model with which ONNX Runtime differs that much from itself."""
    return max(BOUND_FACTOR * self_difference, BOUND_FLOOR)


def cases(entry):
    """Case name to sizes: the default, and the cheapest other shape that can show mistakes.

    Sizes other than the batch must differ where there are any, and none of those that differ may
    be 1: a sequence of one token looks right whatever axis a softmax takes.
    """
    default = entry["default"]
    dims = [dim for dim in default if dim != "N"] or list(default)
    sizes = [shape["sizes"] for shape in entry["dynamic_shapes"]]
    if not sizes:
        return {"default": default}
    telling = [s for s in sizes if all(s[d] != default[d] and s[d] > 1 for d in dims)]
    small = min(telling, key=lambda s: math.prod(s.values()))
    others = [small, *MORE_CASES.get(entry["name"], [])]
    return {"default": default} | {case_name(s): s for s in others}


def case_name(sizes):
    """A folder's name for sizes, such as N1-H64-W64."""
    return "-".join(f"{dim}{size}" for dim, size in sizes.items())


def session(path, threads=2, optimised=True):
    """An ONNX Runtime session on the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    if not optimised:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def difference(expected, got):
    """The largest difference of two lists of arrays, in standard deviations of the expected."""
    return max(
        float(np.abs(a - b).max() / (a.std() + 1e-6))
        for a, b in zip([e.astype(np.float64) for e in expected], got)
    )


def write_case(folder, index, feeds, results):
    """Writes one case: `index` and the arrays of `feeds` and `results`."""
    folder.mkdir(parents=True)
    for kind, arrays in (("input", feeds), ("output", results)):
        index[f"{kind}s"] = []
        for position, (name, array) in enumerate(arrays.items()):
            file = f"{kind}_{position}.npy"
            np.save(folder / file, array)
            index[f"{kind}s"].append({"name": name, "file": file})
    (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n")


def make_zoo_model(zoo, entry, folder):
    """Writes the model of a zoo entry, and its cases, into `folder`."""
    model = folder / "model.onnx"
    made = Path(zoo["materialize"].materialize(entry, str(folder)))
    if models.digest(made) != entry["sha256"]:
        raise DemoError(f"{entry['name']}: the model made differs from the one the zoo describes")
    made.rename(model)
    runner = session(model)
    for case, sizes in cases(entry).items():
        feeds, results = zoo["reference"].run(str(model), entry, sizes, runner)
        bound = allowed_difference(entry["self_diff"])
        index = {"model": entry["name"], "case": case, "sizes": sizes, "bound": bound}
        write_case(folder / case, index, feeds, results)


def make_demo_model(source, folder):
    """Writes the demo's recogniser, with the tensors of drawn lines as its cases, into `folder`."""
    model = folder / "model.onnx"
    shutil.copyfile(source, model)
    plain, optimised = session(model, threads=1, optimised=False), session(model)
    [output_name] = [output.name for output in plain.get_outputs()]
    runs = []
    for case, text in DEMO_LINES.items():
        feeds = {models.INPUT: recognition.tensor(drawing.draw_line(text))}
        expected = plain.run([output_name], feeds)
        runs.append((case, feeds, expected, difference(expected, optimised.run([output_name], feeds))))
    # As in the zoo, one figure for a model: a single short line may agree by chance.
    bound = allowed_difference(max(run[-1] for run in runs))
    for case, feeds, expected, _ in runs:
        index = {"model": DEMO_MODEL, "case": case}
        index["sizes"] = {"N": 1, "W": feeds[models.INPUT].shape[3]}
        index["bound"] = bound
        write_case(folder / case, index, feeds, {output_name: expected[0]})


def recipe(*parts):
    """A hash over everything that the data depends on: this code, its libraries, and `parts`."""
    sources = [Path(__file__), *sorted(Path(__file__).parent.glob("demo/*.py"))]
    sources.append(Path(__file__).parent / "requirements.txt")
    hasher = hashlib.sha256()
    for part in [path.read_bytes() for path in sources] + [p.encode() for p in parts]:
        hasher.update(hashlib.sha256(part).digest())
    return hasher.hexdigest()


def ensure(target, stamp, make):
    """Makes the folder `target` by `make(folder)`, unless it carries `stamp`; whole or not at all."""
    if (target / "stamp").exists() and (target / "stamp").read_text() == stamp:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".making-") as scratch:
        folder = Path(scratch) / target.name
        folder.mkdir()
        make(folder)
        (folder / "stamp").write_text(stamp)
        shutil.rmtree(target, ignore_errors=True)
        folder.rename(target)
    print(f"zoo data: made {target.name}")


def find_zoo():
    """The zoo's modules, or None when its folder does not exist."""
    folder = Path(os.environ.get("MIGRAPHX_ZOO") or ROOT.parent / "shared" / "models")
    if not (folder / "models.json").exists():
        print(f"zoo data: no model zoo in {folder}, its models are left out (set MIGRAPHX_ZOO)")
        return None
    sys.dont_write_bytecode = True  # the zoo's folder is not ours to write to
    sys.path.insert(0, str(folder))
    return {name: importlib.import_module(name) for name in ("materialize", "reference")}


def make_all(target):
    """Brings the folder `target` up to date."""
    source = models.fetch(models.RECOGNISER, CACHE)
    stamp = recipe(models.digest(source))
    ensure(target / DEMO_MODEL, stamp, lambda folder: make_demo_model(source, folder))
    zoo = find_zoo()
    if zoo is None:
        return
    tools = [Path(module.__file__).read_text() for module in zoo.values()]
    for name in ZOO_MODELS:
        entry = zoo["reference"].entry(name)
        stamp = recipe(json.dumps(entry, sort_keys=True), *tools)
        ensure(target / name, stamp, lambda folder: make_zoo_model(zoo, entry, folder))


def main():
    """Runs the command line; failures are one line on standard error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=CACHE / "zoo", help="the folder to write to")
    try:
        make_all(parser.parse_args().out)
    except (DemoError, OSError) as error:
        print("error:", " ".join(str(error).split()), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Makes quantised and half-precision versions of zoo models, in the form of zoo_data.py.

    .cache/zoo-quantized/<name>-<variant>/model.onnx
    .cache/zoo-quantized/<name>-<variant>/<case>/index.json, input_<k>.npy, output_<k>.npy

Variants: qdq (static int8, QuantizeLinear and DequantizeLinear around each operator), qlinear
(static int8, QLinearConv and its like), dynamic (int8 weights, activations quantised while
running), fp16 (the zoo's own), fp16_common (PyPI's onnxconverter-common, left out where that is
not installed). Calibration uses the inputs of the default case.

The bound is BOUND_FACTOR times the most that ONNX Runtime was measured to differ from itself by:
its optimised session from its plain one; an int8 model, when inputs and parameters change by a
unit in the last place; a half model, from the model in single precision.
"""
import argparse
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx

import zoo_data

MODELS = "crnn mobilenet_v2 mtcnn_pnet mtcnn_rnet mtcnn_onet".split()
VARIANTS = "qdq qlinear dynamic fp16 fp16_common".split()

# What a half model's results lack to those in single precision is the rounding of a run; two runs
# that round in other places, one of them twice as much, differ by up to three times that. A number
# of an int8 model that lies next to a tie goes to another step for any change of rounding: such
# changes come one by one, so what some last bits show is of the size of what another engine shows.
BOUND_FACTOR = 3
CHANGED_RUNS = 4


class Calibration:
    """Feeds the quantiser with given inputs, once."""

    def __init__(self, feeds):
        self.feeds = iter(feeds)

    def get_next(self):
        return next(self.feeds, None)


def quantize(source, target, variant, feeds):
    """Writes the int8 version of the model at `source` to `target`."""
    from onnxruntime import quantization as q

    if variant == "dynamic":
        q.quantize_dynamic(str(source), str(target), weight_type=q.QuantType.QInt8)
        return
    form = q.QuantFormat.QDQ if variant == "qdq" else q.QuantFormat.QOperator
    q.quantize_static(
        str(source),
        str(target),
        Calibration([feeds]),
        quant_format=form,
        per_channel=variant == "qdq",
        activation_type=q.QuantType.QUInt8,
        weight_type=q.QuantType.QInt8,
    )


def convert(zoo, entry, source, target, variant, feeds):
    """Writes one version of the model; False where a tool for it is missing."""
    if variant == "fp16":
        onnx.save(zoo["materialize"].to_fp16(onnx.load(source)), target)
    elif variant == "fp16_common":
        try:
            from onnxconverter_common import float16
        except ImportError:
            return False
        onnx.save(float16.convert_float_to_float16(onnx.load(source), keep_io_types=True), target)
    else:
        quantize(source, target, variant, feeds)
    return True


def neighbours(array, random):
    """The array with each floating-point number moved to the next one below or above it."""
    if array.dtype.kind != "f":
        return array
    return np.nextafter(array, random.choice([-np.inf, np.inf], array.shape).astype(array.dtype))


def changed_sessions(model, scratch):
    """Sessions of the model with the last bits of its parameters changed; scales keep theirs."""
    for seed in range(CHANGED_RUNS):
        random = np.random.default_rng(seed)
        proto = onnx.load(model)
        for tensor in proto.graph.initializer:
            if tensor.dims:
                array = neighbours(onnx.numpy_helper.to_array(tensor), random)
                tensor.CopyFrom(onnx.numpy_helper.from_array(array, tensor.name))
        path = Path(scratch) / f"changed_{seed}.onnx"
        onnx.save(proto, path)
        yield zoo_data.session(path, threads=1, optimised=False)


def rounding_response(sessions, names, feeds, expected):
    """The most by which results are off `expected` where the last bits of numbers change."""
    random = np.random.default_rng(0)
    feeds = {name: neighbours(array, random) for name, array in feeds.items()}
    return max(zoo_data.difference(expected, session.run(names, feeds)) for session in sessions)


def make_variant(zoo, entry, variant, folder):
    """Writes a version of the model and its cases into `folder`."""
    with tempfile.TemporaryDirectory() as scratch:
        source = zoo["materialize"].materialize(entry, scratch)
        calibration = zoo["reference"].make_inputs(entry, entry["default"])
        model = folder / "model.onnx"
        if not convert(zoo, entry, source, model, variant, calibration):
            return False
        single = zoo_data.session(source, threads=1, optimised=False)
        is_half = variant.startswith("fp16")
        changed = [] if is_half else list(changed_sessions(model, scratch))
    plain = zoo_data.session(model, threads=1, optimised=False)
    optimised = zoo_data.session(model)
    names = [output.name for output in plain.get_outputs()]
    types = {value.name: value.type for value in plain.get_inputs()}
    for case, sizes in zoo_data.cases(entry).items():
        feeds = zoo["reference"].make_inputs(entry, sizes)
        exact = single.run(names, feeds) if is_half else None
        for name, array in feeds.items():
            if types[name] == "tensor(float16)":
                feeds[name] = array.astype("float16")
        expected = plain.run(names, feeds)
        measured = zoo_data.difference(expected, optimised.run(names, feeds))
        if is_half:
            measured = max(measured, zoo_data.difference(exact, expected))
        else:
            measured = max(measured, rounding_response(changed, names, feeds, expected))
        index = {"model": f"{entry['name']}-{variant}", "case": case, "sizes": sizes}
        index["bound"] = max(BOUND_FACTOR * measured, zoo_data.BOUND_FLOOR)
        zoo_data.write_case(folder / case, index, feeds, dict(zip(names, expected)))
    return True


def make_all(target, names, variants):
    zoo = zoo_data.find_zoo()
    if zoo is None:
        return
    tools = [Path(module.__file__).read_text() for module in zoo.values()]
    for name in names:
        entry = zoo["reference"].entry(name)
        for variant in variants:
            stamp = zoo_data.recipe(
                json.dumps(entry, sort_keys=True), Path(__file__).read_text(), variant, *tools
            )
            zoo_data.ensure(
                target / f"{name}-{variant}",
                stamp,
                lambda folder: make_variant(zoo, entry, variant, folder),
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=zoo_data.CACHE / "zoo-quantized")
    parser.add_argument("--model", nargs="*", default=MODELS)
    parser.add_argument("--variant", nargs="*", default=VARIANTS, choices=VARIANTS)
    arguments = parser.parse_args()
    make_all(arguments.out, arguments.model, arguments.variant)


if __name__ == "__main__":
    sys.exit(main())

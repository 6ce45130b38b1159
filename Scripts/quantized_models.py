#!/usr/bin/env python3
"""Makes quantised and half-precision versions of zoo models, in the form of zoo_data.py.

    .cache/zoo-quantized/<name>-<variant>/model.onnx
    .cache/zoo-quantized/<name>-<variant>/<case>/index.json, input_<k>.npy, output_<k>.npy

Variants: qdq (static int8, QuantizeLinear and DequantizeLinear around each operator), qlinear
(static int8, QLinearConv and its like), dynamic (int8 weights, activations quantised while
running), fp16 (the zoo's own), fp16_common (PyPI's onnxconverter-common, left out where that is
not installed). Calibration uses the inputs of the default case. The bound follows from what ONNX
Runtime's optimised and plain sessions differ by, as in zoo_data.py.
"""
import argparse
import json
import sys
import tempfile
from pathlib import Path

import onnx

import zoo_data

MODELS = "crnn mobilenet_v2 mtcnn_pnet mtcnn_rnet mtcnn_onet".split()
VARIANTS = "qdq qlinear dynamic fp16 fp16_common".split()

# On CPUs ONNX Runtime computes most of a half model in single precision, so its sessions agree far
# better than half precision can: some 20 units in the last of 11 bits are allowed at least.
HALF_BOUND = 1e-2


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


def make_variant(zoo, entry, variant, folder):
    """Writes a version of the model and its cases into `folder`."""
    with tempfile.TemporaryDirectory() as scratch:
        source = zoo["materialize"].materialize(entry, scratch)
        calibration = zoo["reference"].make_inputs(entry, entry["default"])
        model = folder / "model.onnx"
        if not convert(zoo, entry, source, model, variant, calibration):
            return False
    plain = zoo_data.session(model, threads=1, optimised=False)
    optimised = zoo_data.session(model)
    names = [output.name for output in plain.get_outputs()]
    types = {value.name: value.type for value in plain.get_inputs()}
    for case, sizes in zoo_data.cases(entry).items():
        feeds = zoo["reference"].make_inputs(entry, sizes)
        for name, array in feeds.items():
            if types[name] == "tensor(float16)":
                feeds[name] = array.astype("float16")
        expected = plain.run(names, feeds)
        own = zoo_data.difference(expected, optimised.run(names, feeds))
        index = {"model": f"{entry['name']}-{variant}", "case": case, "sizes": sizes}
        index["bound"] = zoo_data.allowed_difference(own)
        if variant.startswith("fp16"):
            index["bound"] = max(index["bound"], HALF_BOUND)
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

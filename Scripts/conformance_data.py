#!/usr/bin/env python3
"""Writes ONNX's own backend tests in the form that Tests/Conformance reads.

    .cache/conformance/<category>/<case>/model.onnx
    .cache/conformance/<category>/<case>/set_<k>.json, set_<k>.onnx

The .json file gives the structure of the inputs and of the outputs expected: a string names a
tensor, {"sequence": [...]} and {"optional": value or null} hold such values. The .onnx file is a
model whose initializers are these tensors. What stands already and is of the same version of ONNX
is kept.
"""
import argparse
import json
import re
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from onnx.backend.test.case.node import collect_testcases
from onnx.backend.test.runner import Runner

ROOT = Path(__file__).resolve().parents[1]
ONNX_DATA = Path(onnx.__file__).parent / "backend" / "test" / "data"
FOLDERS = ("simple", "pytorch-converted", "pytorch-operator")
LIGHT = "light"


class DataSet:
    """The inputs and outputs of one run of a model."""

    def __init__(self):
        self.tensors = []
        self.index = {"inputs": [], "outputs": []}

    def add(self, kind, value, type_proto):
        self.index[kind].append(self.encode(value, type_proto))

    def encode(self, value, type_proto):
        kind = type_proto.WhichOneof("value")
        if kind == "optional_type":
            inner = type_proto.optional_type.elem_type
            return {"optional": None if value is None else self.encode(value, inner)}
        if kind == "sequence_type":
            return {"sequence": [self.encode(v, type_proto.sequence_type.elem_type) for v in value]}
        if not isinstance(value, onnx.TensorProto):
            value = numpy_helper.from_array(np.asarray(value))
        tensor = onnx.TensorProto()
        tensor.CopyFrom(value)
        tensor.name = f"t{len(self.tensors)}"
        self.tensors.append(tensor)
        return tensor.name

    def write(self, folder, number):
        outputs = [helper.make_empty_tensor_value_info(t.name) for t in self.tensors]
        graph = helper.make_graph([], "values", [], outputs, initializer=self.tensors)
        opset = helper.make_opsetid("", 21)
        model = helper.make_model(graph, opset_imports=[opset])
        (folder / f"set_{number}.onnx").write_bytes(model.SerializeToString())
        (folder / f"set_{number}.json").write_text(json.dumps(self.index))


def fed_inputs(model):
    """The inputs of a model that have no initial value."""
    initialized = {tensor.name for tensor in model.graph.initializer}
    return [value for value in model.graph.input if value.name not in initialized]


def write_case(folder, model, data_sets):
    """Writes a case; each data set is a pair of lists of values."""
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    for number, (inputs, outputs) in enumerate(data_sets):
        data = DataSet()
        for value, info in zip(inputs, fed_inputs(model)):
            data.add("inputs", value, info.type)
        for value, info in zip(outputs, model.graph.output):
            data.add("outputs", value, info.type)
        data.write(folder, number)


def read_values(folder, kind, infos):
    """The values in the protobuf files of a data set."""
    files = sorted(folder.glob(f"{kind}_*.pb"), key=lambda f: int(re.findall(r"\d+", f.name)[-1]))
    return [read_value(file.read_bytes(), info.type) for file, info in zip(files, infos)]


def read_value(data, type_proto):
    kind = type_proto.WhichOneof("value")
    if kind == "sequence_type":
        return numpy_helper.to_list(onnx.SequenceProto.FromString(data))
    if kind == "optional_type":
        return numpy_helper.to_optional(onnx.OptionalProto.FromString(data))
    return onnx.TensorProto.FromString(data)


def write_nodes(target):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the cases divide by zero on purpose
        cases = collect_testcases(None)
    for case in cases:
        write_case(target / "node" / case.name, case.model, case.data_sets)


def write_folder(category, target):
    for source in sorted((ONNX_DATA / category).iterdir()):
        model = onnx.load(source / "model.onnx")
        sets = sorted(source.glob("test_data_set_*"))
        write_case(
            target / category / source.name,
            model,
            [
                (
                    read_values(data, "input", fed_inputs(model)),
                    read_values(data, "output", model.graph.output),
                )
                for data in sets
            ],
        )


def write_light(target):
    """Known networks with constant weights; their input counts up from 0 to 1."""
    for source in sorted((ONNX_DATA / LIGHT).glob("*.onnx")):
        model = onnx.load(source)
        inputs = [Runner.generate_dummy_data(info) for info in fed_inputs(model)]
        output = onnx.TensorProto.FromString(
            (source.parent / f"{source.stem}_output_0.pb").read_bytes()
        )
        write_case(target / LIGHT / source.stem, model, [(inputs, [output])])


def write_all(target):
    write_nodes(target)
    for category in FOLDERS:
        write_folder(category, target)
    write_light(target)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / ".cache" / "conformance")
    target = parser.parse_args().out
    stamp = f"onnx {onnx.__version__}, {Path(__file__).stat().st_size}"
    if (target / "stamp").exists() and (target / "stamp").read_text() == stamp:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        folder = Path(scratch) / "conformance"
        folder.mkdir()
        write_all(folder)
        (folder / "stamp").write_text(stamp)
        shutil.rmtree(target, ignore_errors=True)
        folder.rename(target)
    print(f"conformance data: made the cases of ONNX {onnx.__version__}")


if __name__ == "__main__":
    main()

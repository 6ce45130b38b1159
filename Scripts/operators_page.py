#!/usr/bin/env python3
"""Writes Documentation/operators.md: which ONNX operators can be imported, in which versions.

The names and limits are those that the driver prints; versions and element types come from the
schemas of the packages onnx and onnxruntime.
"""
import argparse
import subprocess
import sys
from pathlib import Path

import onnx.defs

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "Documentation" / "operators.md"
DRIVER = ROOT / ".build" / "testing" / "release" / "migraphx-driver"

TITLES = {
    "": "The default domain",
    "ai.onnx.ml": "Machine learning: `ai.onnx.ml`",
    "ai.onnx.preview": "Preview: `ai.onnx.preview`",
    "ai.onnx.preview.training": "Training: `ai.onnx.preview.training`",
    "com.microsoft": "ONNX Runtime's: `com.microsoft`",
}
HEAD = """# ONNX operators

What can be imported. Every operator runs on the targets `ref` and `cpu`, at fixed and at symbolic sizes; `cpu` has machine code
for the products, convolutions, poolings, softmax, layer normalisation and pointwise chains of floats. The versions are those of
the operator's domain in which its definition changed: each is read as that version defines it. The element
types are those that the newest definition allows for the first input. A limit says what an operator can't do.
`migraphx-driver onnx --list --limits` prints names and limits; `make operators` makes this page of them.

ONNX's own backend tests show what holds; `Tests/Conformance/expectations.txt` lists those that don't pass, with reasons.
"""


def imported():
    """The operators that can be imported: pairs of domain and name, with their limits."""
    lines = subprocess.run(
        [DRIVER, "onnx", "--list", "--limits"], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    result = {}
    for line in lines:
        name, _, limit = line.partition("\t")
        domain, _, operator = name.rpartition(".")
        result[domain, operator] = limit
    return result


def versions(domain, name):
    """The versions in which the definition of an operator changed, oldest first."""
    schemas = onnx.defs.get_all_schemas_with_history()
    return sorted(s.since_version for s in schemas if (s.domain, s.name) == (domain, name))


def element_types(schema):
    """The element types of a schema's first input, or of its first output, in few words."""
    values = list(schema.inputs) or list(schema.outputs)
    types = {t for t in values[0].types} if values else set()
    inner = {t[t.rfind("(") + 1 :].rstrip(")") for t in types}
    return ", ".join(sorted(inner))


def contrib_schemas():
    """ONNX Runtime's own operators by domain and name."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return {(s.domain, s.name): s for s in state.get_all_operator_schema()}


def contrib_types(schema):
    """The element types of an operator of ONNX Runtime."""
    constraints = {c.type_param_str: c.allowed_type_strs for c in schema.type_constraints}
    values = list(schema.inputs) or list(schema.outputs)
    names = constraints.get(values[0].typeStr, [values[0].typeStr]) if values else []
    return ", ".join(sorted({n[n.rfind("(") + 1 :].rstrip(")") for n in names}))


def row(domain, name, limit, contrib):
    since = versions(domain, name)
    if since:
        types = element_types(onnx.defs.get_schema(name, max(since), domain))
        numbers = ", ".join(map(str, since))
    else:
        schema = contrib.get((domain, name))
        types, numbers = (contrib_types(schema), str(schema.since_version)) if schema else ("", "1")
    return f"| {name} | {numbers} | {types} | {limit} |"


def page():
    """The text of the page."""
    operators, contrib = imported(), contrib_schemas()
    lines = [HEAD]
    for domain, title in TITLES.items():
        names = sorted(name for d, name in operators if d == domain)
        if not names:
            continue
        lines += [f"## {title}", "", "| operator | versions | types | limits |", "|---|---|---|---|"]
        lines += [row(domain, name, operators[domain, name], contrib) for name in names] + [""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="fail if the page is out of date")
    text = page()
    if not parser.parse_args().check:
        PAGE.write_text(text)
    elif PAGE.read_text() != text:
        sys.exit("Documentation/operators.md is out of date: run 'make operators'")


if __name__ == "__main__":
    main()

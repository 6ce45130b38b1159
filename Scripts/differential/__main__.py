"""Runs random ONNX graphs by this engine and by ONNX Runtime, and compares.

Every graph follows from a seed. A failure is shrunk to as few nodes as still fail, and printed as
ONNX text. Reasons why this engine may differ are listed in known.py.
"""
import argparse
import collections
import sys
import time
from pathlib import Path

import numpy as np

from . import contrib, elementwise, engine, known, learning, movement, oracle, sundry, windows  # noqa: F401
from .case import Case
from .graphs import OPSETS, Graph, Rejected
from .registry import GENERATORS

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".build" / "testing" / "release" / "conformance"
BATCH = 400


def make_case(seed, operators, most=6):
    """The case of a seed: one node to `most`."""
    rng = np.random.Generator(np.random.Philox(seed))
    graph = Graph(rng, OPSETS[rng.integers(len(OPSETS))])
    count, tries = int(rng.integers(1, most + 1)), 0
    while len(graph.nodes) < count and tries < 60:
        tries += 1
        op = operators[rng.integers(len(operators))]
        # What a failed try has left over is not read by any node.
        try:
            GENERATORS[op](graph, op)
        except Rejected:
            continue
    return Case.of(graph, f"seed {seed}") if graph.nodes else None


def supported(program, operators):
    """The operators that the engine knows, tried on a node of each, and the others."""
    cases = {}
    for op in operators:
        made = (make_case(seed, [op], most=1) for seed in range(100))
        cases[op] = next((case for case in made if case is not None and case.outputs), None)
    cases = {op: case for op, case in cases.items() if case is not None}
    outcomes = dict(zip(cases, engine.run(program, list(cases.values()))))
    unknown = [op for op, outcome in outcomes.items() if outcome[1].startswith("unknown operators")]
    return [op for op in cases if op not in unknown], [op for op in operators if op not in cases] + unknown


def smaller(case):
    """Cases that are simpler, the simplest first."""
    if len(case.nodes) > 1:
        for node in case.nodes:
            yield case.with_nodes([node])
        for left_out in case.nodes:
            yield case.with_nodes([n for n in case.nodes if n is not left_out])
    if case.symbolic:
        yield case.static()
    if case.constants:
        yield case.without_constants()


def fails(outcome):
    return outcome[0] not in ("pass", "unsupported")


def shrink(program, case, outcome):
    """The simplest case found that fails."""
    while True:
        candidates = list(smaller(case))
        outcomes = engine.run(program, candidates)
        failing = [(c, o) for c, o in zip(candidates, outcomes) if fails(o)]
        if not failing:
            return case, outcome
        case, outcome = failing[0]


def is_rounding(program, case):
    """Whether each node is right by itself, and passes change nothing: then small differences grew."""
    single = [case.with_nodes([node]) for node in case.nodes]
    if len(single) == 1 or any(fails(o) for o in engine.run(program, single)):
        return False
    return engine.run(program, [case], optimised=False)[0][0] == "fail"


def runtime_is_unsure(case):
    """Whether ONNX Runtime's ways of running disagree with each other about the case."""
    try:
        answers = [oracle.run_runtime(case.model(), case.feeds(), o) for o in (False, True)]
    except oracle.NoAnswer:
        return False
    expected = case.expected()
    return any(not same(e, a) for answer in answers for e, a in zip(expected, answer))


def same(a, b):
    if isinstance(a, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if a.shape != b.shape or a.dtype != b.dtype:
        return False
    if a.dtype.kind != "f":
        return bool((a == b).all())
    with np.errstate(all="ignore"):
        scale = np.abs(a[np.isfinite(a)]).max(initial=0).astype(np.float64)
        tolerance = 4e-3 if a.dtype == np.float16 else 1e-4
        return bool(np.allclose(a, b, rtol=tolerance, atol=tolerance * scale + 1e-7, equal_nan=True))


def run(options):
    """Runs the graphs; whether all are right."""
    operators = [op for op in GENERATORS if not options.operators or op in options.operators]
    operators, missing = supported(options.program, operators)
    if missing:
        print(f"left out: {', '.join(missing)}")
    counts, unsupported, reasons = (collections.Counter() for _ in range(3))
    failures, start = {}, time.monotonic()
    seeds = list(range(options.seed, options.seed + options.graphs))
    for place in range(0, len(seeds), BATCH):
        cases = [make_case(seed, operators) for seed in seeds[place:place + BATCH]]
        cases = [case for case in cases if case is not None and case.outputs]
        for case, outcome in zip(cases, engine.run(options.program, cases)):
            counts["graphs"] += 1
            for node in case.nodes:
                counts["nodes"] += 1
            if outcome[0] == "unsupported":
                unsupported[outcome[1][:90]] += 1
            if not fails(outcome):
                counts[outcome[0]] += 1
                continue
            case, outcome = shrink(options.program, case, outcome)
            why = known.reason(case)
            if why is None and outcome[0] == "fail":
                if is_rounding(options.program, case):
                    why = "rounding that later nodes enlarge"
                elif runtime_is_unsure(case):
                    why = "ONNX Runtime differs from itself"
            if why is not None:
                counts["known difference"] += 1
                reasons[why] += 1
                continue
            counts["failed"] += 1
            key = (case.nodes[-1].op_type, outcome[0], outcome[1][:25])
            if key not in failures:
                failures[key] = 0
                print(f"\n{case.title}: {outcome[0]}: {outcome[1]}\n{case.text()}", flush=True)
            failures[key] += 1
        print(f"{place + BATCH} of {len(seeds)}: {dict(counts)}, {time.monotonic() - start:.0f} s",
              file=sys.stderr, flush=True)
    for title, counter in (("unsupported", unsupported), ("known", reasons), ("failed", failures)):
        for text, count in sorted(counter.items(), key=lambda item: -item[1]):
            print(f"{title}: {count} x {text}")
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return not failures


def main():
    parser = argparse.ArgumentParser(prog="differential", description=__doc__.splitlines()[0])
    parser.add_argument("--graphs", type=int, default=20000, help="how many")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first one")
    parser.add_argument("--operators", nargs="*", help="only these")
    parser.add_argument("--program", type=Path, default=PROGRAM, help="the runner of cases")
    return 0 if run(parser.parse_args()) else 1


if __name__ == "__main__":
    sys.exit(main())

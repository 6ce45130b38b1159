"""Runs cases by this engine: many in one process, which may die of one."""
import shutil
import subprocess
import tempfile
from pathlib import Path

import conformance_data

CATEGORY = "graphs"
TIME_LIMIT = 300
# A number may differ from ONNX Runtime's by rounding in another order, and functions by their last bits.
TOLERANCES = ["--relative", "1e-4", "--of-largest", "1e-5"]


def type_of(value_info):
    return value_info.type


def run(program, cases, optimised=True):
    """For each case a pair: pass, fail, unsupported, crash or hang, and the reason."""
    outcomes = [("none", "")] * len(cases)
    with tempfile.TemporaryDirectory(prefix="differential-") as scratch:
        folder = Path(scratch) / CATEGORY
        folder.mkdir()
        for number, case in enumerate(cases):
            model = case.model()
            conformance_data.write_case(
                folder / f"{number:05}", model, [([plain(v) for v in case.feeds().values()],
                                                 [plain(v) for v in case.expected()])])
        while any(folder.iterdir()):
            found, failure = run_folder(program, scratch, optimised)
            for number, outcome in found.items():
                outcomes[number] = outcome
                shutil.rmtree(folder / f"{number:05}")
            if failure is None:
                break
            number, outcome = failure
            outcomes[number] = outcome
            shutil.rmtree(folder / f"{number:05}")
    return outcomes


def plain(value):
    """Text as the helper that writes cases takes it."""
    from . import oracle
    if isinstance(value, list):
        return [plain(v) for v in value]
    return oracle.tensor("", value)


def run_folder(program, root, optimised):
    """The outcomes of the cases in a folder up to the first that ends the process, and that one."""
    command = ["stdbuf", "-o0", str(program), "--data", str(root), "--category", CATEGORY]
    command += ["--verbose", "--list", *TOLERANCES] + ([] if optimised else ["--no-optimize"])
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors)
        hangs = False
        try:
            process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            hangs = True
            process.kill()
            process.wait()
        output.seek(0)
        errors.seek(0)
        text, complaint = output.read().decode(errors="replace"), errors.read().decode(errors="replace")
    found, last = {}, None
    for line in text.splitlines():
        if not line.startswith(CATEGORY + "/"):
            continue
        name, _, rest = line.partition(" ")
        last = int(name.partition("/")[2])
        word, _, reason = rest.partition(" ")
        if word:
            found[last] = (word, reason)
            last = None
    if process.returncode in (0, 1) and not hangs:
        return found, None
    if last is None:
        raise RuntimeError(f"{program} failed: {complaint[-500:]}")
    reason = "no end" if hangs else " ".join(complaint.split())[:300]
    return found, (last, ("hang" if hangs else "crash", reason))

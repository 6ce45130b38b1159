#!/usr/bin/env python3
"""Reads the text in a picture of one line, with the recognition network run by migraphx-driver."""
import argparse
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from demo import ctc, drawing, picture, recogniser  # noqa: E402
from demo.errors import DemoError  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
DRIVER = ROOT / ".build" / "release" / "migraphx-driver"
TEXT = "MIGraphX for Swift reads 42 lines"
STAGES = ("Parse", "Compile", "Run")


def run_driver(driver, model, input_name, values, output_name):
    """One output of the model on the reference target, and the time of each stage as text."""
    with tempfile.TemporaryDirectory() as folder:
        source, results = Path(folder) / "input.npy", Path(folder) / "out.npz"
        np.save(source, values)
        command = [driver, "run", "--onnx", model, "--ref", "--load-arg", f"@{input_name}", source]
        command += ["--outputs", results]
        try:
            done = subprocess.run(
                list(map(str, command)), capture_output=True, text=True, stdin=subprocess.DEVNULL
            )
        except OSError as error:
            raise DemoError(f"can't start {driver}: {error.strerror}") from None
        if done.returncode != 0:
            reason = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
            raise DemoError(f"the driver failed: {reason}")
        if not zipfile.is_zipfile(results):  # for which np.load prints more than it throws
            raise DemoError("the driver's results can't be read: not an .npz file")
        try:
            with np.load(results) as arrays:
                output = arrays[output_name]
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise DemoError(f"the driver's results can't be read: {error}") from None
    return output, stage_times(done.stderr)


def stage_times(log):
    """Stage name to duration, from lines such as `Parse time: 12.3ms`."""
    times = dict(re.findall(r"^(\w+) time: ([\d.]+ ?ms)\s*$", log, flags=re.MULTILINE))
    return {stage: times.get(stage, "not reported") for stage in STAGES}


def check_output(output, alphabet):
    """Throws unless the output is one line of class probabilities."""
    if output.ndim != 3 or output.shape[0] != 1 or output.shape[2] != len(alphabet) + 1:
        needed = f"[1, steps, {len(alphabet) + 1}]"
        raise DemoError(f"the network gave an output of shape {list(output.shape)}, not {needed}")
    if not np.isfinite(output).all():
        raise DemoError("the network gave values that are not finite")


def read(arguments):
    """Does what the command line asks and prints the result."""
    model = recogniser.fetch(CACHE)
    input_name, output_name, alphabet = recogniser.describe(model)
    path = arguments.image
    if path is None:
        path = CACHE / "demo" / "line.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        drawing.draw_line(TEXT).save(path)
    values = picture.tensor(picture.load(path))
    output, times = run_driver(arguments.driver, model, input_name, values, output_name)
    check_output(output, alphabet)
    text, confidence = ctc.decode(output[0], alphabet)

    print(f"picture     {path}")
    print(f"network     {model.name}, input {list(values.shape)}")
    print(f"text        {text or '(none)'}")
    print(f"confidence  {confidence:.3f}")
    for stage, duration in times.items():
        print(f"{stage.lower():10}  {duration}")


def main():
    """Runs the command line; failures are one line on standard error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--image", type=Path, help="a picture of one line; without it one is drawn")
    parser.add_argument("--driver", type=Path, default=DRIVER, help="the built migraphx-driver")
    try:
        read(parser.parse_args())
    except (DemoError, OSError) as error:
        print("error:", " ".join(str(error).split()), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

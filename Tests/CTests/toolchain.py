"""What the tests of the C and C++ interfaces share: compilers, headers, and the library.

$MIGRAPHX_LIBRARY names the library to test, which has a link libmigraphx_c.so beside it.
"""
import ctypes
import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "Sources/CMIGraphX/include"
LIBRARY = Path(
    os.environ.get("MIGRAPHX_LIBRARY", ROOT / ".build/library/libmigraphx_c.so")
).resolve()

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
COMPILERS = {".c": ["gcc", "-std=c11", *WARNINGS], ".cpp": ["g++", "-std=c++17", *WARNINGS]}


def run(*command, folder=None, **environment):
    """Runs a command; its output is the text of the failure when its status is not zero."""
    result = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=300,
    )
    if result.returncode != 0:
        line = " ".join(map(str, command))
        raise AssertionError(f"status {result.returncode} of {line}\n{result.stdout}")
    return result.stdout


def build(source, program):
    """Builds a program of one source with all warnings as errors."""
    folder = LIBRARY.parent
    link = [f"-L{folder}", "-lmigraphx_c", f"-Wl,-rpath,{folder}", "-pthread"]
    run(*COMPILERS[source.suffix], f"-I{INCLUDE}", source, "-o", program, *link)


def library():
    """The library, for calls from Python."""
    return ctypes.CDLL(str(LIBRARY))


class Function:
    """A function that the headers declare: its name, and its parameters as (type, name)."""

    def __init__(self, name, parameters):
        self.name = name
        self.parameters = parameters

    @property
    def handles(self):
        """The positions and C types of the handles that it takes."""
        others = ("migraphx_shape_datatype", "migraphx_trace_callback", "migraphx_release")
        found = []
        for position, (kind, _) in enumerate(self.parameters):
            match = re.fullmatch(r"(?:const_)?(migraphx_\w+)_t", kind)
            if match and match.group(1) not in others:
                found.append((position, match.group(1)))
        return found


def declared_functions():
    """All functions that the headers declare."""
    functions = []
    for header in ("migraphx.h", "extensions.h"):
        text = (INCLUDE / "migraphx" / header).read_text()
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
        for name, parameters in re.findall(r"MIGRAPHX_C_EXPORT[^;(]*?(\w+)\(([^;]*)\);", text):
            split = [re.fullmatch(r"(.*?)\s*(\w+)", p.strip()) for p in parameters.split(",")]
            functions.append(Function(name, [m.groups() for m in split if m and m.group(1)]))
    return functions

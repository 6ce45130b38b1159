"""A network with one input and one output, on the target `cpu`."""
import time

import migraphx
import numpy as np

from demo.models import INPUT


class Network:
    """A compiled model, and the seconds spent on parsing, compiling and running it."""

    def __init__(self, path, largest):
        """Compiles the model; open axes may have any sizes up to those of `largest`."""
        start = time.perf_counter()
        self.program = migraphx.parse_onnx(str(path), map_input_dims={INPUT: list(largest)})
        parsed = time.perf_counter()
        self.program.compile(migraphx.get_target("cpu"))
        self.parsing, self.compiling = parsed - start, time.perf_counter() - parsed
        self.running = 0.0

    def run(self, values):
        """The output for an input."""
        start = time.perf_counter()
        [output] = self.program.run({INPUT: values})
        self.running += time.perf_counter() - start
        return np.asarray(output)

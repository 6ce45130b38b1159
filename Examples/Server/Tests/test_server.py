"""Starts the server with a small classifier and asks it; SERVER names the executable."""
import json
import os
import re
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SERVER = os.environ["SERVER"]
SIZES = (3, 4, 4)
INPUTS, CLASSES = int(np.prod(SIZES)), 10
# Far above what starting and answering take, so that a server that hangs fails the test.
SECONDS = 60


def save_model(path, weights, bias):
    """Writes scores = flatten(x) · weights + bias, for any number of x."""
    graph = helper.make_graph(
        [helper.make_node("Flatten", ["x"], ["flat"]),
         helper.make_node("Gemm", ["flat", "weights", "bias"], ["scores"])],
        "classifier",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", *SIZES])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", CLASSES])],
        [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(bias, "bias")])
    save(graph, path)


def save_model_of_two_inputs(path):
    """Writes a model that is no classifier."""
    graph = helper.make_graph(
        [helper.make_node("Add", ["a", "b"], ["c"])], "sum",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [2]) for name in "ab"],
        [helper.make_tensor_value_info("c", TensorProto.FLOAT, [2])])
    save(graph, path)


def save(graph, path):
    opset = helper.make_opsetid("", 17)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=8), path)


class ServerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        random = np.random.default_rng(1)
        cls.weights = random.uniform(-1, 1, (INPUTS, CLASSES)).astype(np.float32)
        cls.bias = random.uniform(-1, 1, CLASSES).astype(np.float32)
        save_model(cls.folder / "model.onnx", cls.weights, cls.bias)
        cls.server = subprocess.Popen(
            [SERVER, "--model", cls.folder / "model.onnx", "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        cls.addClassCleanup(cls.stop)
        cls.address = cls.wait_for_address()

    @classmethod
    def stop(cls):
        cls.server.kill()
        cls.server.communicate()

    @classmethod
    def wait_for_address(cls):
        """The address in the line that the server logs when it listens."""
        watchdog = threading.Timer(SECONDS, cls.server.kill)
        watchdog.start()
        lines = []
        try:
            for line in cls.server.stdout:
                lines.append(line)
                if found := re.search(r"listening on (127\.0\.0\.1:\d+)", line):
                    return f"http://{found[1]}"
        finally:
            watchdog.cancel()
        raise AssertionError("the server did not start: " + "".join(lines))

    def ask(self, path, body=None):
        """The status and the JSON of the answer; a body is posted."""
        try:
            with urllib.request.urlopen(self.address + path, body, SECONDS) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                text = error.read()
                return error.code, json.loads(text) if text else None

    def refusal(self, body):
        status, answer = self.ask("/classify", body)
        self.assertEqual(status, 400)
        return answer["error"]["message"]

    def test_model_is_described(self):
        status, answer = self.ask("/model")
        self.assertEqual(status, 200)
        self.assertEqual(answer, {
            "inputs": [{"name": "x", "type": "float_type", "dimensions": [1, *SIZES]}],
            "outputs": [{"name": "scores", "type": "float_type", "dimensions": [1, CLASSES]}],
        })

    def test_requests_at_once_get_their_own_scores(self):
        tensors = np.random.default_rng(2).uniform(-1, 1, (32, INPUTS)).astype("<f4")
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda x: self.ask("/classify", x.tobytes()), tensors))
        weights, bias = self.weights.astype(float), self.bias.astype(float)
        for x, (status, best) in zip(tensors.astype(float), answers):
            self.assertEqual(status, 200)
            scores = x @ weights + bias
            # What rounding each product and each sum of single precision can add up to, in any order.
            bounds = (INPUTS + 2) * 2.0**-24 * (abs(x) @ abs(weights) + abs(bias))
            self.assertEqual([item["index"] for item in best], np.argsort(-scores)[:5].tolist())
            for item in best:
                index = item["index"]
                self.assertLessEqual(abs(item["score"] - scores[index]), bounds[index])

    def test_wrong_sizes_are_refused(self):
        for count in (0, 1, 4 * INPUTS - 4, 4 * INPUTS + 4, 8 * INPUTS):
            self.assertEqual(
                self.refusal(bytes(count)),
                "invalid argument: {float_type, {1, 3, 4, 4}, {48, 16, 4, 1}} takes 192 bytes; "
                f"{count} were given")

    def test_large_bodies_are_refused(self):
        self.assertEqual(self.ask("/classify", bytes(8 * INPUTS + 1))[0], 413)

    def test_scores_that_are_not_numbers_are_refused(self):
        body = np.full(INPUTS, np.nan, "<f4").tobytes()
        self.assertIn("the model's scores for this input are not finite", self.refusal(body))

    def test_what_cannot_be_served_ends_the_start(self):
        save_model_of_two_inputs(self.folder / "sum.onnx")
        for arguments, message in (
            (["sum.onnx"], "a classifier takes one tensor of floats"),
            (["none.onnx"], "none.onnx"),
            (["model.onnx", "--target", "tpu"], "this version has no target 'tpu'"),
        ):
            run = subprocess.run(
                [SERVER, "--port", "0", "--model", *arguments], cwd=self.folder,
                stderr=subprocess.PIPE, text=True, timeout=SECONDS)
            self.assertNotEqual(run.returncode, 0)
            self.assertIn(message, run.stderr)


if __name__ == "__main__":
    unittest.main()

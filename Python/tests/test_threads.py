import threading
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import migraphx
import models
from support import compiled


class ThreadTest(unittest.TestCase):
    def test_eight_threads_run_one_program(self):
        program = compiled(models.perceptron(), map_input_dims={"x": [8, 4]})

        def work(seed):
            generator = np.random.default_rng(seed)
            for _ in range(1000):
                x = generator.normal(size=(generator.integers(1, 9), 4)).astype(np.float32)
                results = program.run({"x": x})
                for result, expected in zip(results, models.perceptron_results(x), strict=True):
                    # Four products are summed in single precision.
                    np.testing.assert_allclose(np.asarray(result), expected, atol=4e-6)
            return True

        with ThreadPoolExecutor(8) as pool:
            self.assertEqual(list(pool.map(work, range(8))), [True] * 8)

    def assert_others_run_during(self, work):
        """Another thread counts milliseconds while `work` takes a tenth of a second or more."""
        count = 0
        stop = threading.Event()

        def counter():
            nonlocal count
            while not stop.is_set():
                count += 1
                time.sleep(0.001)

        thread = threading.Thread(target=counter)
        thread.start()
        try:
            before, start = count, time.perf_counter()
            work()
            counted, elapsed = count - before, time.perf_counter() - start
        finally:
            stop.set()
            thread.join()
        # With the GIL held throughout, it would count once or twice, at the edges.
        self.assertGreater(elapsed, 0.1, "the work is too short to tell")
        self.assertGreater(counted, 10)

    def test_others_run_during_a_run(self):
        program = compiled(models.matrix_products(512, 60))
        x = np.ones((512, 512), np.float32)
        self.assert_others_run_during(lambda: program.run({"x": x}))

    def test_others_run_while_a_model_is_read(self):
        chain = models.matrix_products(4, 20000)
        self.assert_others_run_during(lambda: migraphx.parse_onnx_buffer(chain))


if __name__ == "__main__":
    unittest.main()

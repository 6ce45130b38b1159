import tempfile
import unittest
from pathlib import Path

import numpy as np
from onnx import TensorProto, helper

import migraphx
import models
from support import compiled

X = np.random.default_rng(1).normal(size=(3, 4)).astype(np.float32)
# The perceptron sums four products of size 1 in single precision.
TOLERANCE = 1e-6


class RunTest(unittest.TestCase):
    def setUp(self):
        self.program = compiled(models.perceptron(), map_input_dims={"x": [8, 4]})

    def assert_right(self, results, x=X):
        for result, expected in zip(results, models.perceptron_results(x), strict=True):
            np.testing.assert_allclose(np.array(result), expected, atol=TOLERANCE)

    def test_results_in_the_order_of_the_model(self):
        results = self.program.run({"x": X})
        self.assert_right(results)
        self.assertEqual([r.get_shape().lens() for r in results], [[3, 5], [3, 5]])
        self.assertIsInstance(results[0], migraphx.argument)

    def test_keywords(self):
        self.assert_right(self.program.run(params={"x": X}, output_names=None))

    def test_inputs_of_every_kind(self):
        class Producer:
            __dlpack__ = X.__dlpack__
            __dlpack_device__ = X.__dlpack_device__

        for value in (X, migraphx.argument(X), memoryview(X), Producer()):
            self.assert_right(self.program.run({"x": value}))

    def test_any_strides(self):
        wide = np.repeat(X, 2, axis=1)
        read_only = X.copy()
        read_only.flags.writeable = False
        views = (np.asfortranarray(X), wide[:, ::2], X[::-1].copy()[::-1], read_only)
        for view in views:
            np.testing.assert_array_equal(view, X)
            self.assert_right(self.program.run({"x": view}))
        row = np.broadcast_to(X[0], (6, 4))
        self.assert_right(self.program.run({"x": row}), row)

    def test_results_stay_when_the_program_runs_again(self):
        kept = np.asarray(self.program.run({"x": X})[0])
        before = kept.copy()
        for scale in (2, 3):
            self.program.run({"x": X * scale})
        np.testing.assert_array_equal(kept, before)

    def test_results_outlive_the_program(self):
        result = np.asarray(compiled(models.unary("Neg")).run({"x": X[:2, :3]})[0])
        np.testing.assert_array_equal(result, -X[:2, :3])

    def test_results_may_be_written_to(self):
        model = models.serialized(
            [helper.make_node("Identity", ["c"], ["y"])],
            [("x", TensorProto.FLOAT, [1])], [("y", TensorProto.FLOAT, [3])],
            {"c": np.array([1, 2, 3], np.float32)})
        program = compiled(model)
        inputs = {"x": np.zeros(1, np.float32)}
        np.asarray(program.run(inputs)[0])[:] = 9
        self.assertEqual(program.run(inputs)[0].tolist(), [1, 2, 3])

    def test_inputs_are_not_changed_by_writing_to_results(self):
        x = X[:2, :3].copy()
        result = np.asarray(compiled(models.unary("Identity")).run({"x": x})[0])
        result[:] = 9
        np.testing.assert_array_equal(x, X[:2, :3])

    def test_strided_results_are_right(self):
        node = helper.make_node("Transpose", ["x"], ["y"], perm=[1, 0])
        model = models.serialized(
            [node], [("x", TensorProto.FLOAT, [3, 4])], [("y", TensorProto.FLOAT, [4, 3])])
        result = compiled(model).run({"x": X})[0]
        np.testing.assert_array_equal(np.asarray(result), X.T)
        self.assertEqual(result.tolist(), X.T.ravel().tolist())

    def test_broadcast_results_are_right(self):
        node = helper.make_node("Expand", ["x", "lens"], ["y"])
        model = models.serialized(
            [node], [("x", TensorProto.FLOAT, [1, 4])], [("y", TensorProto.FLOAT, [3, 4])],
            {"lens": np.array([3, 4])})
        result = compiled(model).run({"x": X[:1]})[0]
        np.testing.assert_array_equal(np.asarray(result), np.repeat(X[:1], 3, axis=0))

    def test_scalars(self):
        model = models.unary("Neg", lens=())
        result = compiled(model).run({"x": np.float32(3)})[0]
        self.assertEqual(result.tolist(), [-3])

    def test_element_types(self):
        for dtype, name in (("float16", "FLOAT16"), ("int64", "INT64"), ("float64", "DOUBLE")):
            program = compiled(models.unary("Neg", element_type=getattr(TensorProto, name)))
            result = np.asarray(program.run({"x": np.ones((2, 3), dtype)})[0])
            self.assertEqual((result.dtype, result.tolist()), (np.dtype(dtype), [[-1] * 3] * 2))
        program = compiled(models.unary("Not", element_type=TensorProto.BOOL))
        result = np.asarray(program.run({"x": np.ones((2, 3), bool)})[0])
        self.assertEqual((result.dtype, result.any()), (np.dtype(bool), False))

    def test_wrong_types_and_shapes_are_errors_that_show_both(self):
        cases = {
            "double_type.*float_type|float_type.*double_type": X.astype(np.float64),
            "5.*4|4.*5": np.zeros((3, 5), np.float32),
            "3, 4, 1|1, 4": np.zeros((3, 4, 1), np.float32),
            "9": np.zeros((9, 4), np.float32),
        }
        for pattern, value in cases.items():
            with self.subTest(pattern), self.assertRaisesRegex(RuntimeError, pattern):
                self.program.run({"x": value})

    def test_missing_and_further_parameters(self):
        with self.assertRaisesRegex(RuntimeError, "x"):
            self.program.run({})
        self.assert_right(self.program.run({"x": X, "further": X}))

    def test_what_is_no_dictionary_of_buffers_is_a_type_error(self):
        for params in ([X], X, None, {"x": X.tolist()}, {"x": None}, {1: X}):
            with self.subTest(str(params)), self.assertRaises(TypeError):
                self.program.run(params)

    def test_names_that_no_model_has_are_value_errors(self):
        for name in ("x\0y", "\udce9"):
            with self.subTest(repr(name)), self.assertRaises(ValueError):
                self.program.run({name: X})
        with self.assertRaises(ValueError):
            self.program.run({"x": X}, ["y\0"])

    def test_before_compile(self):
        program = migraphx.parse_onnx_buffer(models.unary("Neg"))
        self.assertFalse(program.is_compiled())
        with self.assertRaisesRegex(RuntimeError, "compile"):
            program.run({"x": X[:2, :3]})
        with self.assertRaises(RuntimeError):
            program.get_memory_usage()

    def test_run_async_gives_results(self):
        self.assert_right(self.program.run_async({"x": X}, stream=0, stream_name="ihipStream_t"))

    def test_memory_usage(self):
        self.assertTrue(self.program.is_compiled())
        # `hidden` is needed beside the outputs: 8 x 5 floats.
        self.assertGreaterEqual(self.program.get_memory_usage(), 8 * 5 * 4)


class OutputNamesTest(unittest.TestCase):
    def setUp(self):
        self.program = compiled(models.perceptron(), map_input_dims={"x": [8, 4]})

    def test_order_and_choice(self):
        y, z = models.perceptron_results(X)
        for names, expected in ((["z", "y"], [z, y]), (["z"], [z]), (("y", "y"), [y, y])):
            results = self.program.run({"x": X}, names)
            for result, value in zip(results, expected, strict=True):
                np.testing.assert_allclose(np.array(result), value, atol=TOLERANCE)

    def test_intermediate_tensors(self):
        hidden, y = self.program.run({"x": X}, output_names=["hidden", "y"])
        np.testing.assert_allclose(np.array(hidden), X @ models.WEIGHTS, atol=TOLERANCE)
        np.testing.assert_allclose(
            np.array(y), models.perceptron_results(X)[0], atol=TOLERANCE)

    def test_unknown_names_bring_those_that_are_near(self):
        with self.assertRaisesRegex(RuntimeError, "hiden.*hidden"):
            self.program.run({"x": X}, ["hiden"])

    def test_names_are_a_list_of_strings(self):
        for names in (3, [1], [None]):
            with self.assertRaises(TypeError):
                self.program.run({"x": X}, names)


class DestinationTest(unittest.TestCase):
    """Without offload_copy, parameters under outputs' names are where results go."""

    def setUp(self):
        self.program = compiled(models.perceptron(), offload_copy=False,
                                map_input_dims={"x": [8, 4]})

    def test_results_are_written_there(self):
        y = np.zeros((3, 5), np.float32)
        results = self.program.run({"x": X, "y": y})
        np.testing.assert_allclose(y, models.perceptron_results(X)[0], atol=TOLERANCE)
        self.assertEqual(results[0].data_ptr(), y.ctypes.data)

    def test_read_only_memory_is_refused(self):
        y = np.zeros((3, 5), np.float32)
        y.flags.writeable = False
        with self.assertRaisesRegex(ValueError, "'y'.*read-only"):
            self.program.run({"x": X, "y": y})
        self.assertFalse(y.any())

    def test_wrong_sizes_are_refused(self):
        with self.assertRaises(RuntimeError):
            self.program.run({"x": X, "y": np.zeros((3, 4), np.float32)})


class InspectionTest(unittest.TestCase):
    def test_names_and_shapes(self):
        program = migraphx.parse_onnx_buffer(models.perceptron(), map_input_dims={"x": [8, 4]})
        inputs, outputs = program.get_inputs(), program.get_outputs()
        self.assertEqual({n: s.lens() for n, s in inputs.items()}, {"x": [8, 4]})
        self.assertEqual([(n, s.lens()) for n, s in outputs.items()],
                         [("y", [8, 5]), ("z", [8, 5])])
        self.assertEqual(program.get_parameter_names(), ["x"])
        self.assertEqual(str(inputs["x"]), "float_type, {8, 4}, {4, 1}")
        program.compile(migraphx.get_target("ref"))
        self.assertEqual([s.lens() for s in program.get_output_shapes()], [[8, 5], [8, 5]])

    def test_inputs_in_the_order_of_the_model(self):
        names = ["zeta", "alpha", "mid", "beta"]
        model = models.serialized(
            [helper.make_node("Sum", names, ["y"])],
            [(name, TensorProto.FLOAT, [2]) for name in names], [("y", TensorProto.FLOAT, [2])])
        program = migraphx.parse_onnx_buffer(model)
        self.assertEqual(list(program.get_inputs()), names)
        self.assertEqual(program.get_parameter_names(), names)

    def test_open_axes_name_the_option_that_closes_them(self):
        s = migraphx.parse_onnx_buffer(models.perceptron()).get_inputs()["x"]
        self.assertTrue(s.dynamic())
        with self.assertRaisesRegex(RuntimeError, "map_input_dims"):
            s.lens()

    def test_ranges(self):
        ranges = [migraphx.shape.dynamic_dimension(1, 6), migraphx.shape.dynamic_dimension(4, 4)]
        program = compiled(models.perceptron(), map_dyn_input_dims={"x": ranges})
        self.assertEqual(program.get_inputs()["x"].dyn_dims(), ranges)
        self.assertEqual(program.run({"x": X})[0].get_shape().lens(), [3, 5])
        with self.assertRaisesRegex(RuntimeError, "7"):
            program.run({"x": np.ones((7, 4), np.float32)})

    def test_maximum_sizes(self):
        program = compiled(models.perceptron(), map_input_dims={"x": [4, 4]})
        for rows in (1, 3, 4):
            x = np.ones((rows, 4), np.float32)
            result = program.run({"x": x})[0]
            self.assertEqual(result.get_shape().lens(), [rows, 5])
        with self.assertRaisesRegex(RuntimeError, "5"):
            program.run({"x": np.ones((5, 4), np.float32)})

    def test_options_that_exclude_each_other(self):
        two = migraphx.shape.dynamic_dimension(1, 2)
        with self.assertRaises(RuntimeError):
            migraphx.parse_onnx_buffer(
                models.perceptron(), default_dim_value=2, default_dyn_dim_value=two)
        with self.assertRaises(RuntimeError):
            migraphx.parse_onnx_buffer(
                models.perceptron(), map_input_dims={"x": [1, 4]},
                map_dyn_input_dims={"x": [two, two]})

    def test_default_sizes(self):
        program = migraphx.parse_onnx_buffer(models.perceptron(), default_dim_value=5)
        self.assertEqual(program.get_inputs()["x"].lens(), [5, 4])

    def test_named_sizes(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "model.onnx"
            file.write_bytes(models.perceptron())
            seven = migraphx.shape.dynamic_dimension(7, 7)
            program = migraphx.parse_onnx(file, dim_params={"N": seven})
            self.assertEqual(program.get_inputs()["x"].lens(), [7, 4])

    def test_text(self):
        program = migraphx.parse_onnx_buffer(models.unary("Neg"))
        self.assertIn("neg", repr(program))
        self.assertIn("float_type, {2, 3}, {3, 1}", str(program))
        self.assertEqual(repr(program.get_main_module()).count("@param"), 1)

    def test_python_that_rebuilds_the_program(self):
        node = helper.make_node("Where", ["mask", "x", "other"], ["chosen"])
        model = models.serialized(
            [node, helper.make_node("Transpose", ["chosen"], ["y"], perm=[1, 0])],
            [("x", TensorProto.FLOAT, [2, 3])], [("y", TensorProto.FLOAT, [3, 2])],
            {"mask": np.array([[True, False, True]]), "other": np.array(-0.1, np.float32)})
        program = migraphx.parse_onnx_buffer(model)
        variables = {}
        exec(program.to_py(), variables)
        x = X[:2, :3]
        for candidate in (program, variables["p"]):
            candidate.compile(migraphx.get_target("ref"))
            np.testing.assert_array_equal(
                np.asarray(candidate.run({"x": x})[0]),
                np.where([True, False, True], x, np.float32(-0.1)).T)

    def test_python_rebuilds_dynamic_programs(self):
        def rebuilt(program):
            variables = {}
            exec(program.to_py(), variables)
            return variables["p"]

        nodes = [
            helper.make_node("Shape", ["x"], ["sizes"]),
            helper.make_node("Gather", ["sizes", "first"], ["batch"]),
            helper.make_node("Concat", ["batch", "rest"], ["target"], axis=0),
            helper.make_node("Reshape", ["x", "target"], ["flat"]),
            helper.make_node("Add", ["flat", "z"], ["sum"]),
            helper.make_node("Expand", ["small", "target"], ["wide"]),
            helper.make_node("Add", ["sum", "wide"], ["y"]),
        ]
        model = models.serialized(
            nodes,
            [("x", TensorProto.FLOAT, ["N", 3, "W"]), ("z", TensorProto.FLOAT, ["N", 12])],
            [("y", TensorProto.FLOAT, ["N", 12])],
            {"first": np.array([0]), "rest": np.array([12]),
             "small": np.arange(12, dtype=np.float32)})
        program = migraphx.parse_onnx_buffer(model, map_input_dims={"x": [4, 3, 8]})
        self.assertIn("N", repr(program))
        # The symbols, and with them what is equal to what, come back; names of nodes and results don't.
        known = repr(program).replace("[names={y}]", "").replace("node 'flat'", "operator 'reshape'")
        self.assertEqual(repr(rebuilt(program)), known)
        program.compile(migraphx.get_target("ref"))
        self.assertIn('symbols=["N", ""', program.to_py())
        again = rebuilt(program)
        again.compile(migraphx.get_target("ref"))
        for batch in (1, 4):
            x = np.arange(batch * 12, dtype=np.float32).reshape(batch, 3, 4)
            z = np.full((batch, 12), 0.5, np.float32)
            for candidate in (program, again):
                np.testing.assert_array_equal(
                    np.asarray(candidate.run({"x": x, "z": z})[0]),
                    x.reshape(batch, 12) + 0.5 + np.arange(12, dtype=np.float32))
        with self.assertRaisesRegex(RuntimeError, "axis"):
            again.run({"x": x, "z": z[:2]})

    def test_equality(self):
        first, again = (migraphx.parse_onnx_buffer(models.unary("Neg")) for _ in range(2))
        self.assertEqual(first, again)
        self.assertEqual(first.sort(), first)
        self.assertNotEqual(first, migraphx.parse_onnx_buffer(models.unary("Relu")))

    def test_compile_takes_keywords(self):
        program = migraphx.parse_onnx_buffer(models.unary("Neg"))
        program.compile(t=migraphx.get_target("ref"), offload_copy=True, fast_math=False,
                        exhaustive_tune=False, device_id=0)
        self.assertTrue(program.is_compiled())
        with self.assertRaises(TypeError):
            migraphx.program().compile("ref")

    def test_devices(self):
        program = migraphx.parse_onnx_buffer(models.unary("Neg"))
        with self.assertRaisesRegex(RuntimeError, "7"):
            program.compile(migraphx.get_target("ref"), device_id=7)


class BuildingTest(unittest.TestCase):
    def test_a_program_made_by_hand(self):
        program = migraphx.program()
        main = program.get_main_module()
        x = main.add_parameter("x", migraphx.shape(lens=[2, 3]))
        two = main.add_literal(np.full((2, 3), 2, np.float32))
        product = main.add_instruction(migraphx.op("mul"), [x, two])
        turned = main.add_instruction(migraphx.op("transpose", permutation=[1, 0]), [product])
        main.add_return([turned])
        self.assertEqual([i.name() for i in main],
                         ["@param", "@literal", "mul", "transpose", "@return"])
        self.assertEqual(turned.shape().lens(), [3, 2])
        self.assertEqual(turned.op().values()["permutation"], [1, 0])
        self.assertEqual(two.get_literal().tolist(), [2] * 6)
        self.assertEqual(turned.inputs(), [product])
        self.assertIn(product, set(x.outputs()))
        self.assertNotEqual(x, two)
        program.compile(migraphx.get_target("ref"))
        base = np.arange(6, dtype=np.float32).reshape(2, 3)
        np.testing.assert_array_equal(np.asarray(program.run({"x": base})[0]), base.T * 2)

    def test_strided_literals(self):
        program = migraphx.program()
        main = program.get_main_module()
        base = np.arange(6, dtype=np.float32).reshape(2, 3)
        for view in (base.T, base[:, ::-1]):
            literal = main.add_literal(view).get_literal()
            self.assertEqual(literal.tolist(), view.ravel().tolist())

    def test_modules_keep_their_program(self):
        main = migraphx.program().get_main_module()
        x = main.add_parameter("x", migraphx.shape())
        self.assertEqual([i.name() for i in main], ["@param"])
        self.assertEqual(x.shape(), migraphx.shape())

    def test_operators(self):
        mode = migraphx.op.pooling_mode.max
        pooling = migraphx.op("pooling", mode=mode, lengths=np.array([2, 2]), stride=[1, 1])
        self.assertEqual(pooling.name(), "pooling")
        self.assertEqual(list(pooling.values()["lengths"]), [2, 2])
        self.assertEqual(repr(migraphx.op("concat", axis=1)), "concat[axis=1]")
        self.assertEqual(len(repr(pooling).splitlines()), 1)
        self.assertEqual(migraphx.op("reshape", dims=["N", 2]).values()["dims"], ["N", 2])
        with self.assertRaisesRegex(RuntimeError, "no_such_operator"):
            migraphx.op("no_such_operator")
        with self.assertRaisesRegex(RuntimeError, "bad"):
            migraphx.op("relu", bad=1)
        with self.assertRaises(TypeError):
            migraphx.op("leaky_relu", alpha={1})

    def test_sizes_may_be_symbols(self):
        program = migraphx.program()
        main = program.get_main_module()
        ranges = [migraphx.shape.dynamic_dimension(0, 4), migraphx.shape.dynamic_dimension(6, 6)]
        x = main.add_parameter("x", migraphx.shape(dyn_dims=ranges, symbols=["N", ""]))
        self.assertEqual(x.shape(), migraphx.shape(dyn_dims=ranges))
        self.assertEqual(
            migraphx.shape(dyn_dims=ranges, symbols=["N", ""]), migraphx.shape(dyn_dims=ranges))
        y = main.add_instruction(migraphx.op("reshape", dims=["2*N", 3]), [x])
        self.assertEqual(y.shape().dyn_dims()[0], migraphx.shape.dynamic_dimension(0, 8))
        with self.assertRaisesRegex(RuntimeError, "'M'"):
            main.add_instruction(migraphx.op("reshape", dims=["M", 3]), [x])
        with self.assertRaisesRegex(RuntimeError, "names"):
            migraphx.shape(dyn_dims=ranges, symbols=["N"])
        with self.assertRaises(RuntimeError):
            migraphx.shape(dyn_dims=ranges, symbols=["N +", ""])
        main.add_return([y])
        program.compile(migraphx.get_target("ref"))
        result = program.run({"x": np.arange(18, dtype=np.float32).reshape(3, 6)})[0]
        self.assertEqual(result.get_shape().lens(), [6, 3])
        # A range is shown as one, also of sizes from 0 on, also after the program was saved.
        for shown in (program, migraphx.load_buffer(migraphx.save_buffer(program))):
            self.assertEqual(shown.get_inputs()["x"].dyn_dims(), ranges)

    def test_none_is_no_instruction_or_module(self):
        main = migraphx.program().get_main_module()
        for arguments in (([None],), ([], [None])):
            with self.assertRaises(TypeError):
                main.add_instruction(migraphx.op("neg"), *arguments)
        with self.assertRaises(TypeError):
            main.add_return([None])

    def test_replace_return(self):
        program = migraphx.parse_onnx_buffer(models.unary("Neg"))
        main = program.get_main_module()
        x = next(i for i in main if i.name() == "@param")
        main.replace_return([x])
        program.compile(migraphx.get_target("ref"))
        x = X[:2, :3]
        np.testing.assert_array_equal(np.asarray(program.run({"x": x})[0]), x)


if __name__ == "__main__":
    unittest.main()

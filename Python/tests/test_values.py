"""Inputs and outputs that are more than one tensor of numbers: sequences, optional values, text."""
import unittest

import numpy as np
from onnx import TensorProto, helper

import migraphx
from migraphx import backend
from support import compiled


def tensor(lens, element_type=TensorProto.FLOAT):
    return helper.make_tensor_type_proto(element_type, lens)


SEQUENCE = helper.make_sequence_type_proto(tensor(["N"]))
OPTIONAL = helper.make_optional_type_proto(tensor([2]))
TEXT = tensor([2, 1], TensorProto.STRING)
A, B = np.array([1, 2], np.float32), np.array([3, 4, 5], np.float32)


def identity(value_type):
    """y = x, of any type."""
    x, y = (helper.make_value_info(name, value_type) for name in "xy")
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "graph", [x], [y])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)


def run(value_type, value):
    return compiled(identity(value_type).SerializeToString()).run({"x": value})[0]


class ValueTest(unittest.TestCase):
    def test_sequences_are_lists(self):
        result = run(SEQUENCE, [A, B])
        self.assertIsInstance(result, list)
        self.assertEqual([part.tolist() for part in result], [[1, 2], [3, 4, 5]])
        self.assertEqual(run(SEQUENCE, []), [])
        self.assertEqual(run(SEQUENCE, (migraphx.argument(A),))[0].tolist(), [1, 2])

    def test_results_own_their_memory(self):
        value = A.copy()
        np.asarray(run(SEQUENCE, [value, value])[0])[:] = 9
        self.assertEqual(value.tolist(), [1, 2])

    def test_optional_values_may_be_none(self):
        self.assertIsNone(run(OPTIONAL, None))
        self.assertEqual(run(OPTIONAL, A).tolist(), [1, 2])

    def test_text(self):
        for value in (np.array([["a"], ["ß\0"]]), np.array([["a"], ["ß\0"]], object)):
            result = run(TEXT, value)
            self.assertEqual(result.get_shape().type_string(), "string_type")
            self.assertEqual(result.tolist(), value.ravel().tolist())
            self.assertEqual(np.asarray(result).tolist(), value.tolist())
            self.assertEqual(np.asarray(result).dtype, object)
        scalar = migraphx.argument("one")
        self.assertEqual((scalar.tolist(), np.asarray(scalar).shape), (["one"], ()))
        self.assertEqual(repr(scalar), '"one"')
        # Arrays of other orders keep their logical order.
        turned = migraphx.argument(np.array([["a", "b"], ["c", "d"]], object).T)
        self.assertEqual(turned.tolist(), ["a", "c", "b", "d"])
        with self.assertRaises(ValueError):
            np.array(scalar, copy=False)
        with self.assertRaises((TypeError, ValueError, BufferError)):
            memoryview(scalar)

    def test_types_of_inputs_and_outputs(self):
        program = migraphx.parse_onnx_buffer(identity(SEQUENCE).SerializeToString())
        shape = program.get_inputs()["x"]
        self.assertEqual(repr(shape), "sequence[float_type, {'?'}, {1}]")
        self.assertEqual(shape.type_string(), "tuple_type")
        self.assertEqual(shape.type(), migraphx.shape.type_t.tuple_type)
        self.assertEqual(list(program.get_outputs()), ["y"])
        self.assertEqual(program.get_output_shapes(), [shape])
        with self.assertRaisesRegex(RuntimeError, "no tensor"):
            shape.lens()

    def test_other_values_are_errors(self):
        cases = (
            (SEQUENCE, A, RuntimeError, "sequence.*found a tensor"),
            (SEQUENCE, None, RuntimeError, "sequence.*found an optional"),
            (SEQUENCE, [A, None], RuntimeError, "element 1"),
            (SEQUENCE, [A.astype(int)], RuntimeError, "int64_type"),
            (SEQUENCE, ["text"], RuntimeError, "string_type"),
            (SEQUENCE, [3], TypeError, "int"),
            (OPTIONAL, [A], RuntimeError, "found a sequence"),
            (OPTIONAL, B, RuntimeError, "3"),
            (TEXT, [["a"], ["b"]], TypeError, "list"),
            (TEXT, np.array([["a"], [1]], object), TypeError, "int"),
            (TEXT, np.array([["a"], ["\ud800"]], object), UnicodeError, ""),
            (TEXT, np.array(["a", "b", "c"]), RuntimeError, "3"),
            (TEXT, A, RuntimeError, "float_type"),
        )
        for value_type, value, error, pattern in cases:
            with self.subTest(str(value)), self.assertRaisesRegex(error, pattern):
                run(value_type, value)


class BackendTest(unittest.TestCase):
    def test_models(self):
        rep = backend.prepare(identity(SEQUENCE))
        (result,) = rep.run([[A, B]])
        self.assertEqual([part.tolist() for part in result], [[1, 2], [3, 4, 5]])
        self.assertEqual(rep.run({"x": []}).y, [])
        self.assertIsNone(backend.prepare(identity(OPTIONAL)).run([None]).y)
        text = np.array([["a"], ["b"]], object)
        np.testing.assert_array_equal(backend.prepare(identity(TEXT)).run([text]).y, text)

    def test_nodes(self):
        node = helper.make_node("Identity", ["x"], ["y"])
        for value in ([A, A], [A, B], []):
            (result,) = backend.run_node(node, [value])
            self.assertEqual([x.tolist() for x in result], [x.tolist() for x in value])


if __name__ == "__main__":
    unittest.main()

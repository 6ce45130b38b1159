import unittest

import migraphx
from migraphx import shape


class ShapeTest(unittest.TestCase):
    def test_default(self):
        s = shape()
        self.assertEqual((s.type_string(), s.lens(), s.strides()), ("float_type", [1], [1]))

    def test_names_of_element_types(self):
        pairs = {"float": "float_type", "half": "half_type", "int64_t": "int64_type",
                 "bool": "bool_type", "uint8_type": "uint8_type", "bf16": "bf16_type"}
        for given, name in pairs.items():
            self.assertEqual(shape(type=given).type_string(), name)
            self.assertEqual(shape(type=given).type(), shape.type_t[name])

    def test_wrong_names_raise_index_errors_that_list_the_right_ones(self):
        for name in ("int64", "float32", ""):
            with self.assertRaisesRegex(IndexError, f"'{name}'.*float_type"):
                shape(type=name)

    def test_sizes(self):
        s = shape(type="int16_t", lens=[2, 3, 4])
        self.assertEqual((s.ndim(), s.elements(), s.bytes(), s.type_size()), (3, 24, 48, 2))
        self.assertEqual(s.strides(), [12, 4, 1])
        self.assertTrue(s.standard() and s.packed())
        self.assertFalse(s.transposed() or s.broadcasted() or s.scalar() or s.dynamic())

    def test_permutation_is_the_order_in_memory(self):
        # Channels last: of lengths [2, 3, 4, 5], channels are next to each other.
        s = shape(lens=[2, 3, 4, 5], permutation=[0, 2, 3, 1])
        self.assertEqual(s.strides(), [60, 1, 15, 3])
        self.assertTrue(s.transposed() and s.packed())

    def test_strides_win_over_permutation(self):
        s = shape(lens=[2, 3], strides=[0, 1], permutation=[1, 0])
        self.assertEqual(s.strides(), [0, 1])
        self.assertTrue(s.broadcasted())

    def test_text_and_equality(self):
        s = shape(lens=[2, 3])
        self.assertEqual(repr(s), "float_type, {2, 3}, {3, 1}")
        self.assertEqual(s, shape(type="float_type", lens=(2, 3), strides=[3, 1]))
        self.assertNotEqual(s, shape(lens=[3, 2]))
        self.assertNotEqual(s, "float_type, {2, 3}, {3, 1}")

    def test_is_not_hashable(self):
        with self.assertRaises(TypeError):
            hash(shape())

    def test_positional_and_wrong_arguments_are_type_errors(self):
        for arguments in (("float",), ([1, 2],)):
            with self.assertRaises(TypeError):
                shape(*arguments)
        for keywords in ({"lens": [1.5]}, {"lens": [-1]}, {"size": [1]}, {"type": 3.5}):
            with self.assertRaises(TypeError):
                shape(**keywords)

    def test_numbers_of_axes_must_agree(self):
        with self.assertRaises(migraphx.Error):
            shape(lens=[2, 3], strides=[1])
        with self.assertRaises(migraphx.Error):
            shape(lens=[2, 3], permutation=[1, 1])

    def test_sizes_that_no_memory_has_are_refused(self):
        with self.assertRaises(migraphx.Error):
            shape(lens=[2**40, 2**40]).bytes()


class DynamicDimensionTest(unittest.TestCase):
    def test_parts(self):
        d = shape.dynamic_dimension(1, 8, {2, 4})
        self.assertEqual((d.min, d.max, d.optimals, d.is_fixed()), (1, 8, {2, 4}, False))
        empty = shape.dynamic_dimension()
        self.assertEqual((empty.min, empty.max, empty.is_fixed()), (0, 0, True))

    def test_equality(self):
        make = shape.dynamic_dimension
        self.assertEqual(make(1, 4), make(1, 4))
        self.assertNotEqual(make(1, 4), make(1, 4, {2}))

    def test_the_least_size_must_not_be_larger(self):
        with self.assertRaises(migraphx.Error):
            shape.dynamic_dimension(4, 1)

    def test_optimal_sizes_must_be_in_the_range(self):
        for optimals in ({5}, {0, 2}):
            with self.assertRaisesRegex(migraphx.Error, "optimal size"):
                shape.dynamic_dimension(1, 4, optimals)

    def test_shapes_of_ranges(self):
        ranges = [shape.dynamic_dimension(1, 4), shape.dynamic_dimension(3, 3)]
        s = shape(type="half", dyn_dims=ranges)
        self.assertTrue(s.dynamic())
        self.assertEqual(s.dyn_dims(), ranges)
        self.assertEqual(s.type_string(), "half_type")
        with self.assertRaisesRegex(RuntimeError, "dynamic"):
            s.lens()


if __name__ == "__main__":
    unittest.main()

import gc
import io
import subprocess
import sys
import tempfile
import unittest
import warnings
import weakref
from pathlib import Path

import ml_dtypes
import numpy as np

import migraphx
from migraphx import argument, shape

DTYPES = "float32 float64 float16 int8 uint8 int16 uint16 int32 uint32 int64 uint64 bool".split()


class FromArrayTest(unittest.TestCase):
    def test_element_types_go_both_ways(self):
        for dtype in DTYPES:
            array = np.array([[0, 1, 2], [3, 100, 5]]).astype(dtype)
            a = argument(array)
            with self.subTest(dtype):
                self.assertEqual(np.asarray(a).dtype, array.dtype)
                np.testing.assert_array_equal(np.asarray(a), array)
                self.assertEqual(a.tolist(), array.ravel().tolist())

    def test_c_long_is_int64(self):
        a = argument(np.zeros(2, np.dtype("l")))
        self.assertEqual(a.get_shape().type_string(), "int64_type")

    def test_memory_is_shared(self):
        array = np.arange(6, dtype=np.float32).reshape(2, 3)
        a = argument(array)
        self.assertEqual(a.data_ptr(), array.ctypes.data)
        array[1, 2] = 42
        self.assertEqual(a.tolist()[-1], 42)

    def test_arrays_live_as_long_as_arguments(self):
        array = np.arange(100000, dtype=np.float32)
        gone = weakref.ref(array)
        a = argument(array)
        del array
        gc.collect()
        self.assertIsNotNone(gone())
        self.assertEqual(a.tolist()[-1], 99999)
        view = np.asarray(a)
        del a
        gc.collect()
        self.assertEqual(view[-1], 99999)
        del view
        gc.collect()
        self.assertIsNone(gone())

    def test_any_strides(self):
        base = np.arange(24, dtype=np.int32).reshape(2, 3, 4)
        views = {
            "Fortran": np.asfortranarray(base),
            "transposed": base.transpose(2, 0, 1),
            "sliced": base[:, ::2, 1::2],
            "reversed": base[::-1, :, ::-1],
            "broadcast": np.broadcast_to(base[0, 0], (5, 4)),
            "field": base.view([("a", np.int32), ("b", np.int32)])["b"],
        }
        for name, view in views.items():
            with self.subTest(name):
                a = argument(view)
                np.testing.assert_array_equal(np.asarray(a), view)
                self.assertEqual(a.tolist(), view.ravel().tolist())
                self.assertEqual(a.get_shape().lens(), list(view.shape))

    def test_strides_that_are_no_multiple_of_the_element(self):
        packed = np.zeros(3, np.dtype([("tag", np.uint8), ("value", np.float32)]))
        packed["value"] = [1, 2, 3]
        self.assertEqual(argument(packed["value"]).tolist(), [1, 2, 3])

    def test_zero_axes(self):
        s = argument(np.array(7, np.float32)).get_shape()
        self.assertEqual((s.lens(), s.elements()), ([1], 1))

    def test_zero_elements_work_or_are_refused(self):
        try:
            a = argument(np.zeros((2, 0, 3), np.float32))
        except migraphx.Error as error:
            self.assertIn("0", str(error))
        else:
            self.assertEqual(a.tolist(), [])
            self.assertEqual(np.asarray(a).shape, (2, 0, 3))

    def test_bytes_and_memoryviews(self):
        self.assertEqual(argument(b"\x01\xff").tolist(), [1, 255])
        self.assertEqual(argument(memoryview(bytearray(8)).cast("d")).tolist(), [0])

    def test_what_is_no_buffer_is_a_type_error(self):
        for value in ([1.0, 2.0], 3, None, ["text"], {}):
            with self.subTest(value), self.assertRaises(TypeError):
                argument(value)

    def test_elements_that_are_no_numbers_here_are_type_errors(self):
        for array in (
            np.array([None, 1]),
            np.zeros(2, ">f4"),
            np.zeros(2, complex),
            np.zeros(2, [("a", np.float32)]),
            np.array(["text", 1], object),
            np.array([b"text"]),
        ):
            with self.subTest(str(array.dtype)), self.assertRaises(TypeError):
                argument(array)

    def test_dates_and_extension_types_are_refused(self):
        for array in (np.zeros(2, "M8[s]"), np.zeros(2, ml_dtypes.bfloat16)):
            with self.assertRaises((TypeError, ValueError)):
                argument(array)

    def test_read_only_arrays_stay_read_only(self):
        array = np.arange(3, dtype=np.float32)
        array.flags.writeable = False
        a = argument(array)
        self.assertFalse(np.asarray(a).flags.writeable)
        self.assertTrue(np.asarray(argument(array.copy())).flags.writeable)


class ToArrayTest(unittest.TestCase):
    def test_exported_buffers_keep_the_argument(self):
        a = migraphx.fill_argument(shape(lens=[1000]), 3)
        view = memoryview(a)
        del a
        gc.collect()
        self.assertEqual((view.format, view.shape, view.strides), ("f", (1000,), (4,)))
        self.assertEqual(set(view.tolist()), {3.0})

    def test_packed_bytes_of_strided_memory_are_refused(self):
        a = argument(np.asfortranarray(np.zeros((2, 3), np.float32)))
        with self.assertRaises(BufferError):
            io.BytesIO().write(a)

    def test_numpy_has_no_bfloat16(self):
        a = migraphx.create_argument(shape(type="bf16", lens=[3]), [1, -2.5, 3])
        for convert in (np.array, np.asarray, memoryview):
            with self.subTest(convert), self.assertRaisesRegex(ValueError, "bf16"):
                convert(a)
        self.assertEqual(a.tolist(), [1, -2.5, 3])


class UnmadeTest(unittest.TestCase):
    def test_arguments_without_init_have_no_memory(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for use in (memoryview, argument.tolist):
                with self.assertRaises((TypeError, ValueError)):
                    use(argument.__new__(argument))


class ValueTest(unittest.TestCase):
    def test_create(self):
        for name in ("float", "double", "half", "bf16", "int8_t", "uint64_t"):
            a = migraphx.create_argument(shape(type=name, lens=[2, 2]), [1, 2, 3, 4])
            self.assertEqual(a.tolist(), [1, 2, 3, 4])

    def test_create_in_logical_order(self):
        s = shape(lens=[2, 3], permutation=[1, 0])
        a = migraphx.create_argument(s, [1, 2, 3, 4, 5, 6])
        self.assertEqual(a.tolist(), [1, 2, 3, 4, 5, 6])
        self.assertEqual(np.asarray(a).tolist(), [[1, 2, 3], [4, 5, 6]])

    def test_create_counts(self):
        with self.assertRaisesRegex(RuntimeError, "Values and shape elements do not match"):
            migraphx.create_argument(shape(lens=[3]), [1, 2])

    def test_small_floats_decode_as_their_definitions_say(self):
        # NumPy and ml_dtypes are other implementations of the same formats.
        bits = np.arange(2**16, dtype=np.uint16)
        for name, dtype in (("half", np.float16), ("bf16", ml_dtypes.bfloat16)):
            s = shape(type=name, lens=[len(bits)])
            values = migraphx.argument_from_pointer(s, bits.ctypes.data).tolist()
            np.testing.assert_array_equal(values, bits.view(dtype).astype(float))

    def test_narrow_types_decode_as_their_definitions_say(self):
        bits = np.arange(2**8, dtype=np.uint8)
        for name, dtype in (
            ("fp8e4m3fn_type", ml_dtypes.float8_e4m3fn),
            ("fp8e4m3fnuz_type", ml_dtypes.float8_e4m3fnuz),
            ("fp8e5m2_type", ml_dtypes.float8_e5m2),
            ("fp8e5m2fnuz_type", ml_dtypes.float8_e5m2fnuz),
        ):
            s = shape(type=name, lens=[len(bits)])
            values = migraphx.argument_from_pointer(s, bits.ctypes.data).tolist()
            np.testing.assert_array_equal(values, bits.view(dtype).astype(float))
        numbers = np.array([-8, -1, 7], np.int8)
        s = shape(type="int4_type", lens=[3])
        self.assertEqual(
            migraphx.argument_from_pointer(s, numbers.ctypes.data).tolist(), [-8, -1, 7])

    def test_element_types_that_there_are_not(self):
        with self.assertRaises(migraphx.Error):
            shape(type=shape.type_t.tuple_type)

    def test_fill_and_generate(self):
        s = shape(lens=[2, 3])
        self.assertEqual(migraphx.fill_argument(s, value=1.5).tolist(), [1.5] * 6)
        first, again = (migraphx.generate_argument(s=s, seed=7) for _ in range(2))
        self.assertEqual(first, again)
        self.assertNotEqual(first, migraphx.generate_argument(s, 8))

    def test_equality_is_by_value(self):
        base = np.arange(6, dtype=np.float32).reshape(2, 3)
        a = argument(base)
        self.assertEqual(a, argument(np.asfortranarray(base)))
        self.assertNotEqual(a, argument(base + 1))
        self.assertNotEqual(a, argument(base.reshape(3, 2)))
        self.assertNotEqual(a, argument(base.astype(np.float64)))
        self.assertNotEqual(a, base.tolist())

    def test_text(self):
        self.assertEqual(repr(argument(np.array([1, 2, 3], np.int32))), "1, 2, 3")

    def test_pointer(self):
        array = np.arange(4, dtype=np.float64)
        a = migraphx.argument_from_pointer(shape(type="double", lens=[4]), array.ctypes.data)
        self.assertEqual(a.data_ptr(), array.ctypes.data)
        self.assertEqual(a.tolist(), [0, 1, 2, 3])
        with self.assertRaises(ValueError):
            migraphx.argument_from_pointer(shape(), 0)

    def test_save_and_load(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "argument"
            a = argument(np.arange(6, dtype=np.int16).reshape(3, 2))
            argument.save(a, file)
            loaded = argument.load(str(file))
            self.assertEqual(loaded, a)
            self.assertEqual(loaded.get_shape().type_string(), "int16_type")
            with self.assertRaises(migraphx.Error):
                argument.load(str(file) + "x")

    def test_device_memory(self):
        a = argument(np.arange(3, dtype=np.float32))
        on_device = migraphx.to_gpu(a)
        self.assertNotEqual(on_device.data_ptr(), a.data_ptr())
        migraphx.gpu_sync()
        self.assertEqual(migraphx.from_gpu(on_device), a)
        self.assertEqual(migraphx.allocate_gpu(a.get_shape(), host=True).get_shape(), a.get_shape())


class DLPackTest(unittest.TestCase):
    def test_round_trip(self):
        for dtype in DTYPES:
            array = np.array([[0, 1, 2], [3, 100, 5]]).astype(dtype)
            with self.subTest(dtype):
                back = np.from_dlpack(migraphx.from_dlpack(array))
                self.assertEqual(back.dtype, array.dtype)
                np.testing.assert_array_equal(back, array)
                self.assertEqual(back.ctypes.data, array.ctypes.data)

    def test_strides(self):
        base = np.arange(12, dtype=np.float32).reshape(3, 4)
        for view in (base.T, base[::2, 1:], base[::-1]):
            np.testing.assert_array_equal(np.from_dlpack(migraphx.from_dlpack(view)), view)

    def test_only_producers(self):
        class Producer:
            def __init__(self, array):
                self.array = array

            def __dlpack__(self):
                return self.array.__dlpack__()

            def __dlpack_device__(self):
                return self.array.__dlpack_device__()

        self.assertEqual(argument(Producer(np.arange(3))).tolist(), [0, 1, 2])

    def test_devices(self):
        class Elsewhere:
            def __dlpack__(self, **_):
                raise AssertionError("not to be asked")

            def __dlpack_device__(self):
                return (2, 0)

        with self.assertRaisesRegex(TypeError, "CPU"):
            argument(Elsewhere())
        a = argument(np.arange(3))
        self.assertEqual(a.__dlpack_device__(), (1, 0))
        with self.assertRaises(BufferError):
            a.__dlpack__(dl_device=(2, 0))

    def test_keeps_memory_alive_until_released(self):
        array = np.arange(10.0)
        gone = weakref.ref(array)
        view = np.from_dlpack(migraphx.from_dlpack(array))
        del array
        gc.collect()
        self.assertIsNotNone(gone())
        self.assertEqual(view[9], 9)
        del view
        gc.collect()
        self.assertIsNone(gone())

    def test_unused_capsules_release(self):
        array = np.arange(10.0)
        gone = weakref.ref(array)
        capsule = argument(array).__dlpack__(max_version=(1, 0))
        del array
        self.assertIsNotNone(gone())
        del capsule
        gc.collect()
        self.assertIsNone(gone())

    def test_read_only_and_copies(self):
        array = np.arange(3.0)
        array.flags.writeable = False
        a = argument(array)
        with self.assertRaises(BufferError):
            a.__dlpack__()
        self.assertFalse(np.from_dlpack(a).flags.writeable)
        copy = np.from_dlpack(a, copy=True)
        copy[0] = 5
        self.assertEqual(array[0], 0)


class ShutdownTest(unittest.TestCase):
    def test_arguments_may_outlive_the_interpreter(self):
        script = (
            "import sys, numpy, migraphx\n"
            "class Keep: pass\n"
            "keep = Keep(); keep.me = keep\n"
            "keep.argument = migraphx.argument(numpy.ones(1000, numpy.float32))\n"
            "sys.keep = keep\n"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()

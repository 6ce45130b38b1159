"""Whatever handle a function gets that is not one of its own, it reports that, and goes on."""
import ctypes
import unittest

from toolchain import declared_functions, library

SUCCESS, BAD_PARAMETER = 0, 1


class HandleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.library = library()
        cls.library.migraphx_set_error_printing(False)
        cls.library.migraphx_get_last_error.restype = ctypes.c_char_p
        cls.release = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(lambda owner: None)
        cls.functions = [function for function in declared_functions() if function.handles]

    def last_error(self):
        return self.library.migraphx_get_last_error().decode()

    def new(self, kind, *arguments):
        """A handle from a function that makes one."""
        handle = ctypes.c_void_p()
        create = getattr(self.library, kind)
        self.assertEqual(create(ctypes.byref(handle), *arguments), SUCCESS, self.last_error())
        return handle

    def check_refused(self, function, handles, names, text=""):
        """Calls a function with `handles` by position; room for results stands for all else."""
        room = ctypes.create_string_buffer(4096)
        arguments = []
        for position, (kind, _) in enumerate(function.parameters):
            other = room if "*" in kind else self.release if "release" in kind else None
            arguments.append(handles.get(position, other))
        status = getattr(self.library, function.name)(*arguments)
        error = self.last_error()
        self.assertEqual(status, BAD_PARAMETER, f"{function.name}: {error}")
        starts = tuple(f"Bad parameter {name}: {text}" for name in names)
        self.assertTrue(error.startswith(starts), f"{function.name}: {error}")

    def names(self, function):
        return [function.parameters[position][1] for position, _ in function.handles]

    def test_null_pointers(self):
        self.assertGreater(len(self.functions), 150)
        for function in self.functions:
            with self.subTest(function.name):
                handles = {position: None for position, _ in function.handles}
                self.check_refused(function, handles, self.names(function), "Null pointer")

    def test_handles_of_another_type(self):
        shape = self.new("migraphx_shape_create_scalar", 4)
        target = self.new("migraphx_target_create", b"ref")
        for function in self.functions:
            with self.subTest(function.name):
                handles = {
                    position: target if kind == "migraphx_shape" else shape
                    for position, kind in function.handles
                }
                self.check_refused(function, handles, self.names(function))
        size = ctypes.c_size_t()
        status = self.library.migraphx_shape_elements(ctypes.byref(size), shape)
        self.assertEqual((status, size.value), (SUCCESS, 1))

    def test_destroyed_handles(self):
        shape = self.new("migraphx_shape_create_scalar", 4)
        self.assertEqual(self.library.migraphx_shape_destroy(shape), SUCCESS)
        for function in self.functions:
            with self.subTest(function.name):
                handles = {position: shape for position, _ in function.handles}
                self.check_refused(function, handles, self.names(function))

    def test_numbers_that_never_were_handles(self):
        for number in (1, 8, 0x7FFF_0000, 2**63, 2**64 - 1):
            for function in self.functions:
                with self.subTest(function.name, number=number):
                    handles = {p: ctypes.c_void_p(number) for p, _ in function.handles}
                    self.check_refused(function, handles, self.names(function))


if __name__ == "__main__":
    unittest.main()

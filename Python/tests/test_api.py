"""The names, keywords and defaults on which programs rely."""
import ast
import enum
import inspect
import unittest
from pathlib import Path

import migraphx

STUB = Path(migraphx.__file__).with_name("_migraphx.pyi")

SIGNATURES = """
def parse_onnx(filename, default_dim_value=0, default_dyn_dim_value=..., dim_params={}, \
map_input_dims={}, map_dyn_input_dims={}, skip_unknown_operators=False, \
print_program_on_error=False, max_loop_iterations=10, limit_max_iterations=65535, \
use_debug_symbols=False)
def parse_onnx_buffer(filename, default_dim_value=0, default_dyn_dim_value=..., \
map_input_dims={}, map_dyn_input_dims={}, skip_unknown_operators=False, \
print_program_on_error=False, external_data_path='', use_debug_symbols=False)
def parse_tf(filename, is_nhwc=True, batch_size=1, map_input_dims={}, output_names=[])
def get_onnx_operators()
def load(filename, format='msgpack', *, key=None, device_id=0, trust_code=False)
def save(p, filename, format='msgpack', *, key=None)
def load_buffer(b, *, key=None, device_id=0, trust_code=False)
def save_buffer(p, *, key=None)
def get_target(name)
def generate_argument(s, seed=0)
def fill_argument(s, value)
def create_argument(s, values, /)
def argument_from_pointer(shape, address)
def from_dlpack(x)
def quantize_fp16(prog, ins_names=['all'])
def quantize_bf16(prog, ins_names=['all'])
def quantize_int8(prog, t, calibration=[], ins_names=...)
def quantize_fp8(prog, t, calibration=[])
def autocast_fp8(prog)
def allocate_gpu(s, host=False)
def to_gpu(arg, host=False)
def from_gpu(arg)
def gpu_sync()
def shape.__init__(self, *, type='float', lens=[1], strides=None, permutation=None, dyn_dims=None, \
symbols=None)
def shape.type(self)
def shape.lens(self)
def shape.strides(self)
def shape.ndim(self)
def shape.elements(self)
def shape.bytes(self)
def shape.type_size(self)
def shape.type_string(self)
def shape.dyn_dims(self)
def shape.packed(self)
def shape.transposed(self)
def shape.broadcasted(self)
def shape.standard(self)
def shape.scalar(self)
def shape.dynamic(self)
def shape.__eq__(self, other, /)
def shape.__repr__(self)
def shape.dynamic_dimension.__init__(self, min, max, optimals=...)
def shape.dynamic_dimension.min(self)
def shape.dynamic_dimension.max(self)
def shape.dynamic_dimension.optimals(self)
def shape.dynamic_dimension.is_fixed(self)
def argument.__init__(self, data)
def argument.get_shape(self)
def argument.data_ptr(self)
def argument.tolist(self)
def argument.save(self, filename)
def argument.load(filename)
def argument.__eq__(self, other, /)
def argument.__repr__(self)
def argument.__dlpack__(self, *, stream=None, max_version=None, dl_device=None, copy=None)
def argument.__dlpack_device__(self)
def target.__repr__(self)
def program.__init__(self)
def program.get_parameter_names(self)
def program.get_parameter_shapes(self)
def program.get_output_shapes(self)
def program.get_inputs(self)
def program.get_outputs(self)
def program.get_memory_usage(self)
def program.is_compiled(self)
def program.compile(self, t, offload_copy=True, fast_math=True, exhaustive_tune=False, device_id=0)
def program.run(self, params, output_names=None)
def program.run_async(self, params, stream, stream_name)
def program.get_main_module(self)
def program.create_module(self, name)
def program.to_py(self)
def program.sort(self)
def program.print(self)
def program.__eq__(self, other, /)
def program.__repr__(self)
def module.add_instruction(self, op, args, mod_args=[])
def module.add_literal(self, data)
def module.add_parameter(self, name, shape)
def module.add_return(self, args)
def module.replace_return(self, args)
def module.add_macro(self, macro, args, mod_args=[])
def module.insert_macro(self, ins, macro, args, mod_args=[])
def module.print(self)
def module.__iter__(self)
def module.__repr__(self)
def instruction_ref.shape(self)
def instruction_ref.op(self)
def instruction_ref.inputs(self)
def instruction_ref.outputs(self)
def instruction_ref.name(self)
def instruction_ref.get_literal(self)
def instruction_ref.__hash__(self)
def instruction_ref.__eq__(self, other, /)
def op.__init__(self, name, **attributes)
def op.name(self)
def op.values(self)
def macro.__init__(self, name, **options)
def macro.name(self)
def macro.options(self)
"""

ELEMENT_TYPES = """
bool_type half_type float_type double_type uint8_type int8_type uint16_type int16_type int32_type
int64_type uint32_type uint64_type fp8e4m3fnuz_type fp8e4m3fn_type fp8e5m2_type bf16_type
fp8e5m2fnuz_type tuple_type string_type fp8e8m0_type fp4e2m1_type int4_type uint4_type int2_type
uint2_type
"""


def signatures(tree, prefix=""):
    """Pairs of qualified name and parameters with defaults, of all that a stub declares."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from signatures(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            for argument in ast.walk(node.args):
                if isinstance(argument, ast.arg):
                    argument.annotation = None
            yield f"{prefix}{node.name}", ast.unparse(node.args)


class SignatureTest(unittest.TestCase):
    def test_signatures_are_those_that_programs_use(self):
        found = set(signatures(ast.parse(STUB.read_text())))
        for line in SIGNATURES.strip().splitlines():
            name, parameters = line.removeprefix("def ").removesuffix(")").split("(")
            with self.subTest(name):
                self.assertIn((name, parameters), found)

    def test_the_stub_declares_what_the_module_has(self):
        declared = {name.split(".")[0] for name, _ in signatures(ast.parse(STUB.read_text()))}
        for name in declared:
            self.assertTrue(hasattr(migraphx, name), name)

    def test_enumerations(self):
        self.assertEqual([t.name for t in migraphx.shape.type_t], ELEMENT_TYPES.split())
        self.assertEqual(
            [(m.name, int(m)) for m in migraphx.op.pooling_mode],
            [("average", 0), ("max", 1), ("lpnorm", 2)])
        self.assertEqual(
            [(d.name, int(d)) for d in migraphx.op.rnn_direction],
            [("forward", 0), ("reverse", 1), ("bidirectional", 2)])

    def test_everything_public_is_documented(self):
        for name, value in public_members(migraphx):
            self.assertTrue(inspect.getdoc(value), f"{name} has no docstring")

    def test_exceptions_are_runtime_errors(self):
        self.assertTrue(issubclass(migraphx.Error, RuntimeError))
        with self.assertRaises(migraphx.Error):
            migraphx.get_target("no such target")

    def test_version(self):
        self.assertRegex(migraphx.__version__, r"^\d+\.\d+\.\d+")


def public_members(scope, prefix=""):
    for name, value in vars(scope).items():
        if name.startswith("_") or inspect.ismodule(value):
            continue
        yield prefix + name, value
        if inspect.isclass(value) and not issubclass(value, (enum.Enum, Exception)):
            yield from public_members(value, f"{prefix}{name}.")


class UnsupportedTest(unittest.TestCase):
    """What isn't there yet says so."""

    def setUp(self):
        self.program = migraphx.program()
        self.target = migraphx.get_target("ref")

    def test_macros(self):
        module = self.program.get_main_module()
        macro = migraphx.macro("gelu_erf", fast=True)
        self.assertEqual((macro.name(), macro.options()), ("gelu_erf", {"fast": True}))
        with self.assertRaisesRegex(migraphx.Error, "gelu_erf"):
            module.add_macro(macro, [])

    def test_autocast(self):
        with self.assertRaisesRegex(migraphx.Error, "autocast_fp8"):
            migraphx.autocast_fp8(self.program)

    def test_tensorflow(self):
        with self.assertRaises(migraphx.Error):
            migraphx.parse_tf("model.pb", is_nhwc=False, map_input_dims={"x": [1]})


if __name__ == "__main__":
    unittest.main()

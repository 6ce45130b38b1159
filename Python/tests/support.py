"""What several tests need."""
import migraphx


def compiled(model, target="ref", offload_copy=True, **options):
    """A program of a serialised ONNX model."""
    program = migraphx.parse_onnx_buffer(model, **options)
    program.compile(migraphx.get_target(target), offload_copy=offload_copy)
    return program

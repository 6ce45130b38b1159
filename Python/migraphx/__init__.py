"""A graph inference compiler and engine: ONNX models to programs that run.

    model = migraphx.parse_onnx("model.onnx")
    model.compile(migraphx.get_target("cpu"))
    results = model.run({"input": array})
    np.asarray(results[0])
"""
from ._migraphx import *
from ._migraphx import __version__ as __version__

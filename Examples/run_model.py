import numpy as np

import migraphx

# The text recogniser of `make demo`. On axes that the model leaves open, sizes are the largest
# that will come.
model = migraphx.parse_onnx(
    ".cache/models/ch_PP-OCRv4_rec_infer.onnx", map_input_dims={"x": [1, 3, 48, 640]})
model.compile(migraphx.get_target("cpu"))

# One compiled program takes any sizes up to those.
for width in 320, 640:
    picture = np.zeros((1, 3, 48, width), np.float32)
    for name, result in zip(model.get_outputs(), model.run({"x": picture})):
        array = np.asarray(result)
        print(name, array.shape, array.ravel()[:3])

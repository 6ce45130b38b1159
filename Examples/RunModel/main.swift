import MIGraphX

// The text recogniser of `make demo`. On axes that the model leaves open, sizes are the largest that will come.
var options = ONNXOptions()
options.inputDimensions = ["x": [1, 3, 48, 640]]
let program = try Program(onnx: ".cache/models/ch_PP-OCRv4_rec_infer.onnx", options: options)
let compiled = try program.compiled()

// One compiled program takes any sizes up to those.
for width in [320, 640] {
  let picture = try Argument([Float](repeating: 0, count: 3 * 48 * width), lens: [1, 3, 48, width])
  for (name, value) in try compiled.run(["x": picture]) {
    print(name, value.lens, try [Float](value).prefix(3))
  }
}

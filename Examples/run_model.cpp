#include <migraphx/migraphx.hpp>

#include <iostream>

// The text recogniser of `make demo`. On axes that the model leaves open, sizes are the largest that
// will come.
int main() {
  migraphx::onnx_options options;
  options.map_input_dims["x"] = {1, 3, 48, 640};
  migraphx::program net =
      migraphx::parse_onnx(".cache/models/ch_PP-OCRv4_rec_infer.onnx", options);
  net.compile(migraphx::ref::target{});

  // One compiled program takes any sizes up to those.
  for (std::size_t width : {320, 640}) {
    const migraphx::shape size(migraphx::shape::float_type, {1, 3, 48, width});
    const auto picture = migraphx::fill_argument(size, 0);
    for (const auto& result : net.eval({{"x", picture}}))
      std::cout << result.get_shape() << ": " << result.as_vector<float>()[0] << "\n";
  }
}

#include "borrowed.h"

NB_MODULE(_migraphx, module) {
  nb::set_leak_warnings(false);
  // Exceptions tell of failures.
  migraphx_set_error_printing(false);
  release_no_memory_after_the_end();
  nb::exception<Error>(module, "Error", PyExc_RuntimeError).attr("__doc__") =
      "What the system refuses: the message names what was seen and what was needed.";
  module.attr("__version__") = migraphx_version();
  bind_shape(module);
  bind_argument(module);
  bind_graph(module);
  bind_program(module);
  bind_files(module);
  bind_quantization(module);
}

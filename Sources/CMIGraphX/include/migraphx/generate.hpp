/// Tensors with generated elements.
#ifndef MIGRAPHX_GENERATE_HPP
#define MIGRAPHX_GENERATE_HPP

#include <migraphx/literal.hpp>

namespace migraphx {
inline namespace api {

/// Pseudo-random elements: the same for the same shape and seed.
inline argument generate_argument(const shape& shape, std::size_t seed = 0) {
  return argument::generate(shape, seed);
}

/// Pseudo-random elements: those of generate_argument.
inline literal generate_literal(const shape& shape, std::size_t seed = 0) {
  return literal(generate_argument(shape, seed));
}

/// Every element is `value`, converted to the shape's type.
inline argument fill_argument(const shape& shape, double value = 0) {
  const argument result(shape);
  result.fill(value);
  return result;
}

}  // namespace api
}  // namespace migraphx

#endif

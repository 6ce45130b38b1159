#include "elements.h"

#include <cmath>
#include <cstring>

namespace {

constexpr ElementType element_types[] = {
    {migraphx_shape_bool_type, "bool_type", "bool", 1, '?', DLPackCode::boolean},
    {migraphx_shape_half_type, "half_type", "half", 2, 'e', DLPackCode::floating},
    {migraphx_shape_float_type, "float_type", "float", 4, 'f', DLPackCode::floating},
    {migraphx_shape_double_type, "double_type", "double", 8, 'd', DLPackCode::floating},
    {migraphx_shape_uint8_type, "uint8_type", "uint8_t", 1, 'B', DLPackCode::unsigned_integer},
    {migraphx_shape_int8_type, "int8_type", "int8_t", 1, 'b', DLPackCode::integer},
    {migraphx_shape_uint16_type, "uint16_type", "uint16_t", 2, 'H', DLPackCode::unsigned_integer},
    {migraphx_shape_int16_type, "int16_type", "int16_t", 2, 'h', DLPackCode::integer},
    {migraphx_shape_int32_type, "int32_type", "int32_t", 4, 'i', DLPackCode::integer},
    {migraphx_shape_int64_type, "int64_type", "int64_t", 8, 'q', DLPackCode::integer},
    {migraphx_shape_uint32_type, "uint32_type", "uint32_t", 4, 'I', DLPackCode::unsigned_integer},
    {migraphx_shape_uint64_type, "uint64_type", "uint64_t", 8, 'Q', DLPackCode::unsigned_integer},
    {migraphx_shape_fp8e4m3fnuz_type, "fp8e4m3fnuz_type", "migraphx::fp8::fp8e4m3fnuz", 1, 0,
     DLPackCode::float8_e4m3fnuz},
    {migraphx_shape_fp8e4m3fn_type, "fp8e4m3fn_type", "migraphx::fp8::fp8e4m3fn", 1, 0,
     DLPackCode::float8_e4m3fn},
    {migraphx_shape_fp8e5m2_type, "fp8e5m2_type", "migraphx::fp8::fp8e5m2", 1, 0,
     DLPackCode::float8_e5m2},
    {migraphx_shape_bf16_type, "bf16_type", "bf16", 2, 0, DLPackCode::bfloat},
    {migraphx_shape_fp8e5m2fnuz_type, "fp8e5m2fnuz_type", "migraphx::fp8::fp8e5m2fnuz", 1, 0,
     DLPackCode::float8_e5m2fnuz},
    {migraphx_shape_fp8e8m0_type, "fp8e8m0_type", "fp8e8m0", 1, 0, DLPackCode::none},
    {migraphx_shape_fp4e2m1_type, "fp4e2m1_type", "fp4e2m1", 1, 0, DLPackCode::none},
    {migraphx_shape_int4_type, "int4_type", "int4_t", 1, 0, DLPackCode::none},
    {migraphx_shape_uint4_type, "uint4_type", "uint4_t", 1, 0, DLPackCode::none},
    {migraphx_shape_int2_type, "int2_type", "int2_t", 1, 0, DLPackCode::none},
    {migraphx_shape_uint2_type, "uint2_type", "uint2_t", 1, 0, DLPackCode::none},
    {migraphx_shape_string_type, "string_type", "string", 0, 0, DLPackCode::none},
};

template <class Predicate>
const ElementType* find(Predicate predicate) {
  for (const auto& type : element_types)
    if (predicate(type)) return &type;
  return nullptr;
}

double half(unsigned bits) {
  const double direction = bits >> 15 ? -1 : 1;
  const int exponent = bits >> 10 & 31;
  const int mantissa = bits & 1023;
  if (exponent == 31) return mantissa ? NAN : direction * INFINITY;
  if (exponent == 0) return direction * std::ldexp(mantissa, -24);
  return direction * std::ldexp(1024 + mantissa, exponent - 25);
}

template <class T>
T read(const char* address) {
  T value;
  std::memcpy(&value, address, sizeof value);
  return value;
}

}  // namespace

const ElementType& element_type(std::string_view name) {
  auto found = find([&](auto& type) { return name == type.name || name == type.cpp_name; });
  if (found) return *found;
  std::string known;
  for (const auto& type : element_types) known += std::string(" ") + type.name;
  throw nb::index_error(
      ("no element type is called '" + std::string(name) + "'; the types are" + known).c_str());
}

const ElementType& element_type(migraphx_shape_datatype_t value) {
  if (auto found = find([&](auto& type) { return type.type == value; })) return *found;
  throw nb::value_error("elements of this type have no Python value");
}

const ElementType& element_type(const char* format, size_t size) {
  const std::string_view text = format ? format : "B";
  const bool has_order = !text.empty() && std::strchr("@=<", text[0]);
  const auto letter = text.substr(has_order ? 1 : 0);
  char wanted = letter.size() == 1 ? letter[0] : 0;
  // Integers are known by their size: 'l' has four or eight bytes.
  if (wanted && std::strchr("bhilqn", wanted)) wanted = " bh i   q"[size <= 8 ? size : 0];
  if (wanted && std::strchr("BHILQN", wanted)) wanted = " BH I   Q"[size <= 8 ? size : 0];
  auto found = find([&](auto& type) {
    return type.format && type.format == wanted && type.size == size;
  });
  if (found) return *found;
  throw nb::type_error(("elements of the buffer format '" + std::string(text) +
                        "' are not supported: numbers in this machine's byte order are")
                           .c_str());
}

const ElementType& element_type(DLPackCode code, unsigned bits, unsigned lanes) {
  auto found = find([&](auto& type) {
    return type.code == code && type.size * 8 == bits && lanes == 1;
  });
  if (found) return *found;
  throw nb::type_error(("DLPack elements of code " + std::to_string(unsigned(code)) + ", " +
                        std::to_string(bits) + " bits and " + std::to_string(lanes) +
                        " lanes are not supported")
                           .c_str());
}

nb::object element(const ElementType& type, const char* address) {
  switch (type.type) {
    case migraphx_shape_bool_type: return nb::bool_(*address != 0);
    case migraphx_shape_float_type: return nb::float_(read<float>(address));
    case migraphx_shape_double_type: return nb::float_(read<double>(address));
    case migraphx_shape_uint8_type: return nb::int_(read<uint8_t>(address));
    case migraphx_shape_int8_type: return nb::int_(read<int8_t>(address));
    case migraphx_shape_uint16_type: return nb::int_(read<uint16_t>(address));
    case migraphx_shape_int16_type: return nb::int_(read<int16_t>(address));
    case migraphx_shape_uint32_type: return nb::int_(read<uint32_t>(address));
    case migraphx_shape_int32_type: return nb::int_(read<int32_t>(address));
    case migraphx_shape_uint64_type: return nb::int_(read<uint64_t>(address));
    case migraphx_shape_int64_type: return nb::int_(read<int64_t>(address));
    case migraphx_shape_half_type: return nb::float_(half(read<uint16_t>(address)));
    case migraphx_shape_int4_type:
    case migraphx_shape_int2_type: return nb::int_(read<int8_t>(address));
    case migraphx_shape_uint4_type:
    case migraphx_shape_uint2_type: return nb::int_(read<uint8_t>(address));
    case migraphx_shape_bf16_type: {
      // The upper half of a float.
      const char bytes[] = {0, 0, address[0], address[1]};
      return nb::float_(read<float>(bytes));
    }
    default: throw nb::value_error((std::string(type.name) + " has no Python value").c_str());
  }
}

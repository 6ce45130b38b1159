// Element types, as shapes, Python buffers and DLPack name them.
#pragma once

#include "bindings.h"

#include <cstdint>
#include <string_view>

/// The codes of DLPack's DLDataTypeCode that are used here.
enum class DLPackCode : uint8_t {
  none = 255,
  integer = 0,
  unsigned_integer = 1,
  floating = 2,
  bfloat = 4,
  boolean = 6,
  float8_e4m3fn = 10,
  float8_e4m3fnuz = 11,
  float8_e5m2 = 12,
  float8_e5m2fnuz = 13,
};

struct ElementType {
  migraphx_shape_datatype_t type;
  /// The two names that shapes accept, such as "float_type" and "float".
  const char* name;
  const char* cpp_name;
  size_t size;
  /// The format character of a Python buffer; 0 where there is none.
  char format;
  DLPackCode code;

  /// Whether elements are floating-point numbers of less than 16 bits.
  bool is_small_float() const { return size == 1 && std::string_view(name).substr(0, 2) == "fp"; }
};

/// Throws an IndexError that lists the names when there is no such type.
const ElementType& element_type(std::string_view name);
/// Throws a ValueError for a type that Python doesn't know.
const ElementType& element_type(migraphx_shape_datatype_t type);
/// Throws a TypeError for a format that isn't one of a number in this machine's byte order.
const ElementType& element_type(const char* format, size_t size);
/// Throws a TypeError when there is no such type.
const ElementType& element_type(DLPackCode code, unsigned bits, unsigned lanes);

/// The Python number at an address.
nb::object element(const ElementType& type, const char* address);

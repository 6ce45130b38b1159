// Memory that Python objects lend to arguments.
#pragma once

#include "bindings.h"

/// Keeps the memory valid; destroyed, while holding the GIL, once no argument uses it any more.
struct MemoryOwner {
  virtual ~MemoryOwner() = default;
};

struct BorrowedMemory {
  migraphx_shape_datatype_t type;
  void* address;
  bool readonly;
  std::vector<size_t> lens;
  /// Empty for elements in order without gaps.
  std::vector<int64_t> byte_strides;
};

Argument make_argument(const BorrowedMemory& memory, std::unique_ptr<MemoryOwner> owner);

/// Sees to it that arguments that outlive Python don't call it.
void release_no_memory_after_the_end();

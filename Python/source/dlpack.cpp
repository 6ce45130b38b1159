// DLPack tensors: https://dmlc.github.io/dlpack/latest/
#include "borrowed.h"
#include "elements.h"

#include <cstring>

namespace {

constexpr int32_t cpu_device = 1;
constexpr uint64_t readonly_flag = 1;
constexpr uint64_t copied_flag = 2;

struct Device {
  int32_t type;
  int32_t id;
};

struct DataType {
  DLPackCode code;
  uint8_t bits;
  uint16_t lanes;
};

struct Tensor {
  void* data;
  Device device;
  int32_t ndim;
  DataType type;
  int64_t* lens;
  int64_t* strides;
  uint64_t byte_offset;
};

struct ManagedTensor {
  static constexpr const char* name = "dltensor";
  static constexpr const char* used_name = "used_dltensor";

  Tensor tensor;
  void* context;
  void (*deleter)(ManagedTensor*);
};

struct VersionedTensor {
  static constexpr const char* name = "dltensor_versioned";
  static constexpr const char* used_name = "used_dltensor_versioned";

  uint32_t major, minor;
  void* context;
  void (*deleter)(VersionedTensor*);
  uint64_t flags;
  Tensor tensor;
};

template <class Managed>
struct TensorOwner : MemoryOwner {
  Managed* managed;
  explicit TensorOwner(Managed* managed) : managed(managed) {}
  ~TensorOwner() override {
    if (managed->deleter) managed->deleter(managed);
  }
};

/// Takes the tensor out of a capsule.
template <class Managed>
Argument take(nb::handle capsule, bool readonly) {
  auto* managed =
      static_cast<Managed*>(PyCapsule_GetPointer(capsule.ptr(), Managed::name));
  if (!managed) throw nb::python_error();
  const Tensor& tensor = managed->tensor;
  if (tensor.device.type != cpu_device)
    throw nb::type_error("the DLPack tensor isn't in the memory of the CPU");
  const auto& type = element_type(tensor.type.code, tensor.type.bits, tensor.type.lanes);
  BorrowedMemory memory{
      type.type, static_cast<char*>(tensor.data) + tensor.byte_offset, readonly, {}, {}};
  int64_t packed_stride = 1;
  bool packed = true;
  for (int32_t axis = tensor.ndim; axis-- > 0;) {
    if (tensor.strides && tensor.lens[axis] != 1 && tensor.strides[axis] != packed_stride)
      packed = false;
    packed_stride *= tensor.lens[axis];
  }
  for (int32_t axis = 0; axis < tensor.ndim; ++axis) {
    memory.lens.push_back(size_t(tensor.lens[axis]));
    if (!packed) memory.byte_strides.push_back(tensor.strides[axis] * int64_t(type.size));
  }
  PyCapsule_SetName(capsule.ptr(), Managed::used_name);
  return make_argument(memory, std::make_unique<TensorOwner<Managed>>(managed));
}

/// An argument that a DLPack tensor keeps alive, with the tensor's sizes.
struct Export {
  Argument argument;
  std::vector<int64_t> lens;
  std::vector<int64_t> strides;
};

template <class Managed>
nb::object give(std::unique_ptr<Export> exported, Managed head) {
  const Shape shape = exported->argument.shape();
  const auto& type = element_type(shape.type());
  for (size_t length : shape.lens()) exported->lens.push_back(int64_t(length));
  for (size_t stride : shape.strides()) exported->strides.push_back(int64_t(stride));
  auto* managed = new Managed(head);
  managed->tensor = {
      exported->argument.data(),
      {cpu_device, 0},
      int32_t(exported->lens.size()),
      {type.code, uint8_t(type.size * 8), 1},
      exported->lens.data(),
      exported->strides.data(),
      0};
  managed->context = exported.release();
  managed->deleter = [](Managed* managed) {
    delete static_cast<Export*>(managed->context);
    delete managed;
  };
  auto free_unused = [](PyObject* capsule) {
    if (!PyCapsule_IsValid(capsule, Managed::name)) return;
    auto* managed = static_cast<Managed*>(PyCapsule_GetPointer(capsule, Managed::name));
    managed->deleter(managed);
  };
  PyObject* capsule = PyCapsule_New(managed, Managed::name, free_unused);
  if (!capsule) {
    managed->deleter(managed);
    throw nb::python_error();
  }
  return nb::steal(capsule);
}

nb::object dlpack(
    const Argument& self, nb::object stream, std::optional<nb::tuple> max_version,
    std::optional<nb::tuple> dl_device, std::optional<bool> copy) {
  if (!stream.is_none()) throw nb::buffer_error("the CPU has no streams");
  if (dl_device && nb::cast<int32_t>((*dl_device)[0]) != cpu_device)
    throw nb::buffer_error("arguments are in the memory of the CPU");
  auto exported = std::make_unique<Export>();
  const bool copies = copy.value_or(false);
  exported->argument =
      copies ? Argument(create<ArgumentHandle>(migraphx_argument_copy, self.handle))
             : Argument(const_migraphx_argument_t(migraphx_argument_t(self.handle)));
  const bool readonly = self.readonly && !copies;
  if (max_version && nb::cast<int>((*max_version)[0]) >= 1) {
    VersionedTensor head{};
    head.major = 1;
    head.flags = (readonly ? readonly_flag : 0) | (copies ? copied_flag : 0);
    return give(std::move(exported), head);
  }
  if (readonly) throw nb::buffer_error("the argument is on memory that must not be written to");
  return give(std::move(exported), ManagedTensor{});
}

}  // namespace

Argument argument_from_dlpack(nb::handle object) {
  const nb::object device = object.attr("__dlpack_device__")();
  if (nb::cast<int32_t>(nb::object(device[0])) != cpu_device)
    throw nb::type_error("the DLPack tensor isn't in the memory of the CPU");
  nb::object capsule;
  try {
    capsule = object.attr("__dlpack__")("max_version"_a = nb::make_tuple(1, 0));
  } catch (const nb::python_error& error) {
    // Producers from before version 1 don't know the keyword.
    if (!error.matches(PyExc_TypeError)) throw;
    capsule = object.attr("__dlpack__")();
  }
  if (!PyCapsule_IsValid(capsule.ptr(), VersionedTensor::name))
    return take<ManagedTensor>(capsule, false);
  auto* managed = static_cast<VersionedTensor*>(
      PyCapsule_GetPointer(capsule.ptr(), VersionedTensor::name));
  if (managed->major != 1) throw nb::buffer_error("only version 1 of DLPack is supported");
  return take<VersionedTensor>(capsule, managed->flags & readonly_flag);
}

void bind_dlpack(nb::class_<Argument>& type) {
  type.def("__dlpack__", dlpack, nb::kw_only(), "stream"_a = nb::none(),
           "max_version"_a = nb::none(), "dl_device"_a = nb::none(), "copy"_a = nb::none(),
           "The argument as a DLPack capsule.")
      .def("__dlpack_device__", [](const Argument&) { return nb::make_tuple(cpu_device, 0); },
           nb::sig("def __dlpack_device__(self) -> tuple[int, int]"),
           "The device of the memory: the CPU.");
}

// Python buffers: arguments on the memory of others, and arguments' memory for others.
#include "borrowed.h"
#include "elements.h"

#include <atomic>

namespace {

/// Set when Python begins to end: owners are then left alone, since nothing can be called any more.
std::atomic<bool> python_is_ending{false};

void release(void* owner) {
  if (python_is_ending) return;
  nb::gil_scoped_acquire gil;
  delete static_cast<MemoryOwner*>(owner);
}

struct BufferOwner : MemoryOwner {
  Py_buffer view{};
  ~BufferOwner() override { PyBuffer_Release(&view); }
};

/// What a Py_buffer points to, besides elements.
struct ViewLayout {
  std::vector<Py_ssize_t> lens;
  std::vector<Py_ssize_t> strides;
  char format[2];
};

int fail(PyObject* exception, const std::string& reason) {
  PyErr_SetString(exception, reason.c_str());
  return -1;
}

int fill_buffer(PyObject* object, Py_buffer* view, int flags) {
  if (!nb::inst_ready(object)) return fail(PyExc_ValueError, "the argument was never made");
  const auto& argument = *nb::inst_ptr<Argument>(object);
  const Shape shape = argument.shape();
  const auto& type = element_type(shape.type());
  if (!type.format)
    return fail(
        PyExc_ValueError,
        std::string("Python's buffers have no ") + type.name + ": use tolist() or DLPack");
  if ((flags & PyBUF_WRITABLE) && argument.readonly)
    return fail(PyExc_BufferError, "the argument is on memory that must not be written to");
  auto layout = std::make_unique<ViewLayout>();
  for (size_t length : shape.lens()) layout->lens.push_back(Py_ssize_t(length));
  for (size_t stride : shape.strides()) layout->strides.push_back(Py_ssize_t(stride * type.size));
  layout->format[0] = type.format;

  *view = Py_buffer{};
  view->buf = argument.data();
  view->itemsize = Py_ssize_t(type.size);
  view->len = Py_ssize_t(shape.elements() * type.size);
  view->readonly = argument.readonly;
  view->ndim = int(layout->lens.size());
  view->format = layout->format;
  view->shape = layout->lens.data();
  view->strides = layout->strides.data();
  const bool any_order = (flags & PyBUF_ANY_CONTIGUOUS) == PyBUF_ANY_CONTIGUOUS;
  const bool fortran = (flags & PyBUF_F_CONTIGUOUS) == PyBUF_F_CONTIGUOUS;
  const bool strided = (flags & PyBUF_STRIDES) == PyBUF_STRIDES;
  const bool c_order = (flags & PyBUF_C_CONTIGUOUS) == PyBUF_C_CONTIGUOUS || !strided;
  const char order = any_order ? 'A' : fortran ? 'F' : c_order ? 'C' : 0;
  if (order && !PyBuffer_IsContiguous(view, order)) {
    return fail(PyExc_BufferError, "the argument's elements aren't contiguous");
  }
  if (!strided) view->strides = nullptr;
  if (!(flags & PyBUF_ND)) view->shape = nullptr;
  if (!(flags & PyBUF_FORMAT)) view->format = nullptr;
  view->internal = layout.release();
  Py_INCREF(object);
  view->obj = object;
  return 0;
}

int get_buffer(PyObject* object, Py_buffer* view, int flags) {
  view->obj = nullptr;
  try {
    return fill_buffer(object, view, flags);
  } catch (const nb::builtin_exception& error) {
    return fail(PyExc_ValueError, error.what());
  } catch (const std::exception& error) {
    return fail(PyExc_RuntimeError, error.what());
  }
}

void release_buffer(PyObject*, Py_buffer* view) {
  delete static_cast<ViewLayout*>(view->internal);
}

Argument argument_from_buffer(std::unique_ptr<BufferOwner> owner) {
  const Py_buffer& view = owner->view;
  const auto& type = element_type(view.format, size_t(view.itemsize));
  BorrowedMemory memory{type.type, view.buf, bool(view.readonly), {}, {}};
  memory.lens.assign(view.shape, view.shape + view.ndim);
  if (!PyBuffer_IsContiguous(&view, 'C'))
    memory.byte_strides.assign(view.strides, view.strides + view.ndim);
  return make_argument(memory, std::move(owner));
}

}  // namespace

PyType_Slot argument_slots[] = {
    {Py_bf_getbuffer, reinterpret_cast<void*>(get_buffer)},
    {Py_bf_releasebuffer, reinterpret_cast<void*>(release_buffer)},
    {0, nullptr}};

Argument make_argument(const BorrowedMemory& memory, std::unique_ptr<MemoryOwner> owner) {
  const auto& lens = memory.lens;
  Shape shape(
      lens.empty()
          ? create<ShapeHandle>(migraphx_shape_create_scalar, memory.type)
          : create<ShapeHandle>(
                migraphx_shape_create, memory.type, const_cast<size_t*>(lens.data()),
                lens.size()));
  return Argument(
      create<ArgumentHandle>(
          migraphx_argument_create_shared, shape.handle, memory.address,
          memory.byte_strides.empty() ? nullptr : memory.byte_strides.data(), release,
          owner.release()),
      memory.readonly);
}

namespace {

/// Whether the object is text, or an array of text or of Python objects.
bool is_text(nb::handle object) {
  if (nb::isinstance<nb::str>(object)) return true;
  if (!nb::hasattr(object, "dtype") || !nb::hasattr(object.attr("dtype"), "kind")) return false;
  const nb::object kind = object.attr("dtype").attr("kind");
  std::string name;
  return nb::try_cast(kind, name) && (name == "U" || name == "O" || name == "T");
}

/// A tensor of the elements, which must all be strings.
Argument argument_from_text(nb::handle object) {
  nb::list elements;
  std::vector<size_t> lens;
  if (nb::isinstance<nb::str>(object)) {
    elements.append(object);
  } else {
    lens = nb::cast<std::vector<size_t>>(object.attr("shape"));
    elements = nb::cast<nb::list>(object.attr("ravel")().attr("tolist")());
  }
  std::vector<const char*> texts;
  std::vector<size_t> sizes;
  for (auto element : elements) {
    if (!nb::isinstance<nb::str>(element))
      throw nb::type_error(
          ("an array of objects must hold strings only, found " +
           nb::cast<std::string>(nb::str(element.type().attr("__name__"))))
              .c_str());
    Py_ssize_t size = 0;
    const char* text = PyUnicode_AsUTF8AndSize(element.ptr(), &size);
    if (!text) throw nb::python_error();
    texts.push_back(text);
    sizes.push_back(size_t(size));
  }
  return Argument(
      create<ArgumentHandle>(
          migraphx_argument_create_text, lens.data(), lens.size(), texts.data(), sizes.data(),
          texts.size()),
      true);
}

}  // namespace

Argument argument_from_object(nb::handle object) {
  if (is_text(object)) return argument_from_text(object);
  if (PyObject_CheckBuffer(object.ptr())) {
    auto owner = std::make_unique<BufferOwner>();
    if (PyObject_GetBuffer(object.ptr(), &owner->view, PyBUF_RECORDS_RO) == 0)
      return argument_from_buffer(std::move(owner));
    if (!nb::hasattr(object, "__dlpack__")) throw nb::python_error();
    // NumPy's arrays are buffers, but not of every type.
    nb::python_error buffer_error;
    try {
      return argument_from_dlpack(object);
    } catch (const nb::python_error&) {
      throw std::move(buffer_error);
    }
  }
  if (nb::hasattr(object, "__dlpack__")) return argument_from_dlpack(object);
  throw nb::type_error(
      ("an argument, a buffer such as a NumPy array, or a DLPack tensor is needed, not " +
       nb::cast<std::string>(nb::str(object.type().attr("__name__"))))
          .c_str());
}

ArgumentView::ArgumentView(nb::handle object) {
  if (!nb::try_cast<const Argument*>(object, argument) || !argument) {
    made = argument_from_object(object);
    argument = &*made;
  }
}

void release_no_memory_after_the_end() {
  nb::module_::import_("atexit").attr("register")(
      nb::cpp_function([] { python_is_ending = true; }));
}

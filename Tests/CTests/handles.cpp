// Handle classes, lists, values and literals.
#include <migraphx/migraphx.hpp>

#include "check.h"

#include <algorithm>
#include <numeric>
#include <sstream>

template <class T>
static std::string text(const T& x) {
  std::ostringstream stream;
  stream << x;
  return stream.str();
}

// Which class holds a C type's handles is known at compile time.
template <class T, class = void>
struct has_class : std::false_type {};
template <class T>
struct has_class<T, std::void_t<migraphx::as_handle<T>>> : std::true_type {};

static_assert(std::is_same_v<migraphx::as_handle<migraphx_shape>, migraphx::shape>);
static_assert(std::is_same_v<migraphx::as_handle<migraphx_shape_t>, migraphx::shape>);
static_assert(std::is_same_v<migraphx::as_handle<const_migraphx_shape_t>, migraphx::shape>);
static_assert(std::is_same_v<migraphx::as_handle<migraphx_module_t>, migraphx::module>);
static_assert(!has_class<int>::value && !has_class<int*>::value);

struct squares : migraphx::array_base<squares> {
  std::size_t count;
  explicit squares(std::size_t count) : count(count) {}
  std::size_t size() const { return count; }
  int operator[](std::size_t i) const { return static_cast<int>(i * i); }
};

static void lists() {
  const squares list(4);
  const std::vector<int> expected{0, 1, 4, 9};
  CHECK(std::equal(list.begin(), list.end(), expected.begin(), expected.end()));
  CHECK(std::accumulate(list.begin(), list.end(), 0) == 14);
  CHECK(list.front() == 0 && list.back() == 9 && !list.empty());
  CHECK(squares(0).empty());
  CHECK(list.end() - list.begin() == 4 && list.begin()[3] == 9 && *(list.end() - 1) == 9);
  CHECK(std::lower_bound(list.begin(), list.end(), 4) == list.begin() + 2);
}

static void lifetimes() {
  // A part keeps the whole alive.
  migraphx::shape part;
  {
    migraphx::program program;
    program.get_main_module().add_parameter("x", {migraphx::shape::float_type, {2, 3}});
    part = program.get_parameter_shapes()["x"];
  }
  CHECK(part.lens() == std::vector<std::size_t>({2, 3}));
  const auto module = migraphx::program().get_main_module();
  CHECK(module->name() == "main");

  migraphx_shape_t handle = nullptr;
  CHECK_OK(migraphx_shape_create_scalar(&handle, migraphx_shape_float_type));
  const migraphx::shape owned(handle, migraphx::own{});
  { const migraphx::shape borrowed(handle, migraphx::borrow{}); }
  CHECK(owned.scalar());

  const migraphx::shape other(migraphx_shape_float_type, {4});
  CHECK(owned != other);
  other.assign_to_handle(handle);
  CHECK(owned == other);

  CHECK_THROWS("Null pointer", migraphx::shape().elements());
  CHECK_THROWS("abacus", migraphx::target("abacus"));
}

static void shapes() {
  using migraphx::shape;
  const shape x(shape::float_type, {2, 3});
  CHECK(x.lengths() == x.lens() && x.strides() == std::vector<std::size_t>({3, 1}));
  CHECK(x.elements() == 6 && x.bytes() == 24 && x.ndim() == 2 && x.type_size() == 4);
  CHECK(x.type() == shape::float_type && x.type() == migraphx_shape_float_type);
  CHECK(x.standard() && x.packed() && !x.transposed() && !x.broadcasted() && !x.dynamic());
  CHECK(text(x) == "float_type, {2, 3}, {3, 1}");
  const shape turned(shape::float_type, {2, 3}, {1, 2});
  CHECK(turned.transposed() && turned.index(1) == 2 && turned != x);
  CHECK(turned == shape::from_permutation(shape::float_type, {2, 3}, {1, 0}));
  CHECK(shape(shape::int8_type).scalar());
  CHECK(shape(shape::int8_type, {}).elements() == 1);

  const migraphx::dynamic_dimension range{1, 4, {1, 4}}, fixed{3, 3};
  CHECK(!range.is_fixed() && fixed.is_fixed() && range != fixed);
  CHECK(range.min() == 1 && range.max() == 4);
  CHECK(range.optimal_sizes() == std::vector<std::size_t>({1, 4}));
  const migraphx::dynamic_dimensions braces{range, fixed}, call(range, fixed);
  const migraphx::dynamic_dimensions pairs{{1, 4}, {3, 3}};
  CHECK(braces.size() == 2 && braces[0] == range && call[1] == fixed && pairs.back() == fixed);
  const shape dynamic(shape::float_type, braces);
  CHECK(dynamic.dynamic() && dynamic.dyn_dims()[0] == range);
  CHECK_THROWS("dynamic", dynamic.lens());
}

static void arguments() {
  using migraphx::shape;
  std::vector<float> values{1, 2, 3, 4, 5, 6};
  const migraphx::argument x(shape(shape::float_type, {2, 3}), values.data());
  CHECK(x.data() == reinterpret_cast<char*>(values.data()));
  CHECK(x.as_vector<float>() == values && text(x) == "1, 2, 3, 4, 5, 6");
  const migraphx::argument turned(shape(shape::float_type, {2, 3}, {1, 2}), values.data());
  CHECK(turned.as_vector<float>() == std::vector<float>({1, 3, 5, 2, 4, 6}));
  CHECK(turned.copy().get_shape().standard() && turned.copy() == turned);
  CHECK_THROWS("4 bytes, not 8", x.as_vector<double>());
  const migraphx::argument own(x.get_shape());
  own.fill(0.5);
  CHECK(own.as_vector<float>() == std::vector<float>(6, 0.5f));
  CHECK(migraphx::fill_argument(x.get_shape(), 0.5) == own);
  CHECK(migraphx::generate_argument(x.get_shape(), 7).as_vector<float>()[1] == 0.75f);

  auto data = std::make_shared<std::vector<float>>(6, 1.0f);
  const std::weak_ptr<std::vector<float>> alive = data;
  {
    const migraphx::argument shared(
        x.get_shape(), std::shared_ptr<float>(data, data->data()));
    data.reset();
    CHECK(!alive.expired() && shared.as_vector<float>()[5] == 1);
  }
  CHECK(alive.expired());
}

static void literals() {
  using migraphx::literal;
  using migraphx::shape;
  const shape floats(shape::float_type, {2, 2}), halves(shape::half_type, {2, 2});
  const float values[] = {1, 2, 3, 4};
  const literal x(floats, {1, 2, 3, 4});
  CHECK(std::memcmp(x.data(), values, sizeof(values)) == 0 && x.get_shape() == floats);
  CHECK(x == literal(floats, values) && x == literal(floats, std::vector<double>{1, 2, 3, 4}));
  CHECK(x != literal(floats, {1, 2, 3, 5}));
  CHECK(text(literal(halves, {0.5, 1.0, -2.0, 65504.0})) == "0.5, 1, -2, 65504");
  const literal turned(shape(shape::int32_type, {2, 2}, {1, 2}), {1, 2, 3, 4});
  CHECK(text(turned) == "1, 2, 3, 4");
  CHECK(reinterpret_cast<const std::int32_t*>(turned.data())[1] == 3);
  CHECK(text(literal(shape(shape::bool_type, {2}), {true, false})) == "1, 0");
  CHECK(literal(2.5).get_shape() == shape(shape::double_type));
  CHECK(literal(std::int64_t{3}).get_shape().type() == shape::int64_type);
  CHECK_THROWS("3 values for 4 elements", literal(floats, {1, 2, 3}));
  CHECK(
      migraphx::generate_literal(floats, 3).get_argument() ==
      migraphx::generate_argument(floats, 3));
}

static void values() {
  using migraphx::value;
  CHECK(value({{"axes", {0, -1}}, {"on", true}}).to_json() == R"({"axes": [0, -1], "on": true})");
  CHECK(value({{"mode", "a\"b\\\n"}}).to_json() == R"({"mode": "a\"b\\\u000a"})");
  CHECK(value({{"one", {5}}, {"none", {}}}).to_json() == R"({"one": [5], "none": []})");
  CHECK(value({{"x", std::vector<std::size_t>{1, 2}}}).to_json() == R"({"x": [1, 2]})");
  CHECK(value({{"nested", {{"a", 1.5}, {"b", "c"}}}}).to_json() ==
        R"({"nested": {"a": 1.5, "b": "c"}})");
  CHECK(value({{1, 2}, {3, 4}}).to_json() == "[[1, 2], [3, 4]]");
  CHECK(std::stod(value(0.1).to_json()) == 0.1);
}

struct resource {
  int released = 0;
};
static int release(resource* x) { return ++x->released; }

static void helpers() {
  resource held;
  { const MIGRAPHX_MANAGE_PTR(resource, release) pointer(&held); }
  { const MIGRAPHX_MANAGE_PTR(resource*, release) none(nullptr); }
  CHECK(held.released == 1);
  const auto fail = [](bool coded) -> int {
    if (coded) MIGRAPHX_THROW(7, "with a code");
    MIGRAPHX_THROW("no room");
  };
  CHECK_THROWS("handles.cpp:", fail(false));
  CHECK_THROWS(": no room", fail(false));
  try {
    fail(true);
  } catch (const migraphx::exception& error) {
    CHECK(error.error == 7);
  }
}

int main() {
  run(lists);
  run(lifetimes);
  run(shapes);
  run(arguments);
  run(literals);
  run(values);
  run(helpers);
  return check_result();
}

/// Attributes of operators.
#ifndef MIGRAPHX_VALUE_HPP
#define MIGRAPHX_VALUE_HPP

#include <cstdio>
#include <initializer_list>
#include <limits>
#include <locale>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

namespace migraphx {
inline namespace api {

/// A number, a truth value, a text, a list, or an object of named values. In braces, pairs of a
/// text and a value make an object, other values a list: `{{"axes", {0, 1}}, {"keep", true}}`.
class value {
 public:
  /// An empty list.
  value() : json_("[]") {}

  value(bool x) : json_(x ? "true" : "false") {}

  template <
      class T, std::enable_if_t<std::is_arithmetic<T>::value || std::is_enum<T>::value, int> = 0>
  value(T x) : json_(number(x)) {}

  value(const char* text) : value(std::string(text)) {}

  value(const std::string& text) : json_(quoted(text)), is_text_(true) {}

  template <class T>
  value(const std::vector<T>& elements) : json_(list({elements.begin(), elements.end()})) {}

  value(std::initializer_list<value> elements) {
    if (elements.size() == 2 && elements.begin()->is_text_)
      member_ = elements.begin()->json_ + ": " + (elements.begin() + 1)->json_;
    bool members = elements.size() > 0;
    for (const auto& element : elements) members = members && !element.member_.empty();
    json_ = members ? object(elements) : list(elements);
  }

  const std::string& to_json() const { return json_; }

 private:
  template <class T>
  static std::string number(T x) {
    std::ostringstream stream;
    stream.imbue(std::locale::classic());
    stream.precision(std::numeric_limits<T>::max_digits10);
    if constexpr (std::is_floating_point<T>::value)
      stream << x;
    else
      stream << static_cast<long long>(x);
    return stream.str();
  }

  static std::string quoted(const std::string& text) {
    std::string result = "\"";
    for (const unsigned char character : text) {
      if (character < 0x20) {
        char code[8];
        std::snprintf(code, sizeof(code), "\\u%04x", character);
        result += code;
        continue;
      }
      if (character == '"' || character == '\\') result += '\\';
      result += static_cast<char>(character);
    }
    return result + '"';
  }

  static std::string list(const std::vector<value>& elements) {
    std::string result;
    for (const auto& element : elements) result += (result.empty() ? "" : ", ") + element.json_;
    return "[" + result + "]";
  }

  static std::string object(const std::vector<value>& elements) {
    std::string result;
    for (const auto& element : elements) result += (result.empty() ? "" : ", ") + element.member_;
    return "{" + result + "}";
  }

  std::string json_;
  /// This value as a member of an object, if it can be one.
  std::string member_;
  bool is_text_ = false;
};

}  // namespace api
}  // namespace migraphx

#endif

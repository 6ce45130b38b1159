/// Iterating over lists.
#ifndef MIGRAPHX_DETAIL_ARRAY_BASE_HPP
#define MIGRAPHX_DETAIL_ARRAY_BASE_HPP

#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

namespace migraphx {
inline namespace api {
namespace detail {

/// Walks through the elements that a list's subscript gives.
template <class List>
class index_iterator {
 public:
  using iterator_category = std::random_access_iterator_tag;
  using difference_type = std::ptrdiff_t;
  using reference = decltype(std::declval<const List&>()[std::size_t{}]);
  using value_type = std::decay_t<reference>;
  using pointer = void;

  index_iterator(const List& list, std::size_t index) : list_(&list), index_(index) {}

  reference operator*() const { return (*list_)[index_]; }
  reference operator[](difference_type n) const { return *(*this + n); }

  index_iterator& operator+=(difference_type n) {
    index_ += static_cast<std::size_t>(n);
    return *this;
  }
  index_iterator& operator-=(difference_type n) { return *this += -n; }
  index_iterator& operator++() { return *this += 1; }
  index_iterator& operator--() { return *this -= 1; }
  index_iterator operator++(int) { return ++*this - 1; }
  index_iterator operator--(int) { return --*this + 1; }

  friend index_iterator operator+(index_iterator x, difference_type n) { return x += n; }
  friend index_iterator operator+(difference_type n, index_iterator x) { return x += n; }
  friend index_iterator operator-(index_iterator x, difference_type n) { return x -= n; }
  friend difference_type operator-(const index_iterator& x, const index_iterator& y) {
    return static_cast<difference_type>(x.index_ - y.index_);
  }
  friend bool operator==(const index_iterator& x, const index_iterator& y) {
    return x.index_ == y.index_;
  }
  friend bool operator!=(const index_iterator& x, const index_iterator& y) { return !(x == y); }
  friend bool operator<(const index_iterator& x, const index_iterator& y) {
    return x.index_ < y.index_;
  }
  friend bool operator>(const index_iterator& x, const index_iterator& y) { return y < x; }
  friend bool operator<=(const index_iterator& x, const index_iterator& y) { return !(y < x); }
  friend bool operator>=(const index_iterator& x, const index_iterator& y) { return !(x < y); }

 private:
  const List* list_;
  std::size_t index_;
};

}  // namespace detail

/// Makes a class with size() and operator[] a container that can be read.
template <class Derived>
class array_base {
 public:
  bool empty() const { return derived().size() == 0; }
  auto front() const { return derived()[0]; }
  auto back() const { return derived()[derived().size() - 1]; }
  detail::index_iterator<Derived> begin() const { return {derived(), 0}; }
  detail::index_iterator<Derived> end() const { return {derived(), derived().size()}; }

 private:
  const Derived& derived() const { return static_cast<const Derived&>(*this); }
};

}  // namespace api
}  // namespace migraphx

#endif

/// The whole C++ interface of MIGraphX, over the C interface in libmigraphx_c.
///
/// Failures throw migraphx::exception. Objects of most classes are shared handles: copying one
/// copies no data. Options are plain values.
#ifndef MIGRAPHX_MIGRAPHX_HPP
#define MIGRAPHX_MIGRAPHX_HPP

#include <migraphx/cpu/target.hpp>
#include <migraphx/custom_op.hpp>
#include <migraphx/generate.hpp>
#include <migraphx/gpu/hip.hpp>
#include <migraphx/gpu/target.hpp>
#include <migraphx/load_save.hpp>
#include <migraphx/make_op.hpp>
#include <migraphx/manage_ptr.hpp>
#include <migraphx/onnx.hpp>
#include <migraphx/quantization.hpp>
#include <migraphx/ref/target.hpp>
#include <migraphx/tf.hpp>

// Programs for MIGraphX rely on these.
#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

#endif

/* How the functions of libmigraphx_c are declared. */
#ifndef MIGRAPHX_API_EXPORT_H
#define MIGRAPHX_API_EXPORT_H

#if defined(__GNUC__)
#define MIGRAPHX_C_EXPORT __attribute__((visibility("default")))
#define MIGRAPHX_C_DEPRECATED __attribute__((__deprecated__))
#else
#define MIGRAPHX_C_EXPORT
#define MIGRAPHX_C_DEPRECATED
#endif
#define MIGRAPHX_C_NO_EXPORT

#endif

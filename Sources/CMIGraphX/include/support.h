/* What the Swift side of libmigraphx_c needs in C. Not installed. */
#ifndef MIGRAPHX_SUPPORT_H
#define MIGRAPHX_SUPPORT_H

/* Prints `<function>: Error: <text>` to standard error, and keeps the text for migraphx_get_last_error. */
void mgx_report(const char* function, const char* text);

/* Prints to standard error. */
void mgx_print_error(const char* text);

#endif

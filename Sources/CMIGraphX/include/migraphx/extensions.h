/* What libmigraphx_c offers beyond AMD's interface. The rules of migraphx/migraphx.h hold here too. */
#ifndef MIGRAPHX_EXTENSIONS_H
#define MIGRAPHX_EXTENSIONS_H

#include <migraphx/migraphx.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A block of bytes or text. */
typedef struct migraphx_buffer* migraphx_buffer_t;
typedef const struct migraphx_buffer* const_migraphx_buffer_t;

/* What a program takes and gives: a tensor, a sequence of values, a value that may be missing, or a tuple. */
typedef struct migraphx_value* migraphx_value_t;
typedef const struct migraphx_value* const_migraphx_value_t;
typedef struct migraphx_values* migraphx_values_t;
typedef const struct migraphx_values* const_migraphx_values_t;

typedef enum {
  migraphx_value_tensor = 0,
  migraphx_value_sequence = 1,
  migraphx_value_optional = 2,
  migraphx_value_tuple = 3
} migraphx_value_kind_t;

/* Structures have, like AMD's tuples, the type migraphx_shape_tuple_type; their shapes have a text, and no sizes. */

/* The kinds of instructions. */
typedef enum {
  migraphx_instruction_parameter = 0,
  migraphx_instruction_literal = 1,
  migraphx_instruction_operation = 2,
  migraphx_instruction_return = 3
} migraphx_instruction_kind_t;

/* Releases memory that an argument borrowed. `owner` is what migraphx_argument_create_shared was given. */
typedef void (*migraphx_release_t)(void* owner);

/* The text of this thread's last failure, without the function's name; empty when there was none. It stays
 * valid until the thread's next failure. */
MIGRAPHX_C_EXPORT const char* migraphx_get_last_error(void);

/* Whether failures are also printed to standard error, in the whole process; true by default. */
MIGRAPHX_C_EXPORT void migraphx_set_error_printing(bool value);

/* This system's version, such as "0.1.0", and the number of the .mxr format that it writes. */
MIGRAPHX_C_EXPORT const char* migraphx_version(void);
MIGRAPHX_C_EXPORT size_t migraphx_mxr_version(void);

/* Bytes. `data` gives a borrowed address, followed by a zero byte that `size` doesn't count. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_buffer_destroy(migraphx_buffer_t buffer);
MIGRAPHX_C_EXPORT migraphx_status migraphx_buffer_data(
    const char** out, size_t* out_size, const_migraphx_buffer_t buffer);

/* Parts of a range of sizes. `optimals` gives a borrowed array, in increasing order. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_dynamic_dimension_min(
    size_t* out, const_migraphx_dynamic_dimension_t dynamic_dimension);
MIGRAPHX_C_EXPORT migraphx_status migraphx_dynamic_dimension_max(
    size_t* out, const_migraphx_dynamic_dimension_t dynamic_dimension);
MIGRAPHX_C_EXPORT migraphx_status migraphx_dynamic_dimension_optimals(
    const size_t** out, size_t* out_size, const_migraphx_dynamic_dimension_t dynamic_dimension);

/* More about shapes. `permutation` gives the strides of a packed tensor whose axes lie in memory in that order,
 * outermost first. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_shape_create_with_permutation(
    migraphx_shape_t* shape, migraphx_shape_datatype_t type, const size_t* lengths, size_t lengths_size,
    const size_t* permutation, size_t permutation_size);
/* A dynamic shape whose axes say what their sizes depend on: each is a symbol such as "N", an expression over symbols
 * such as "2*N", or NULL for an axis of its own. Within a program one symbol is one size, and the attributes of
 * operators may use it. `dims` gives the ranges of symbols that are new to the module. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_shape_create_symbolic(
    migraphx_shape_t* shape, migraphx_shape_datatype_t type, migraphx_dynamic_dimensions_t dims,
    const char* const* names, size_t names_size);
MIGRAPHX_C_EXPORT migraphx_status migraphx_shape_packed(bool* out, const_migraphx_shape_t shape);
MIGRAPHX_C_EXPORT migraphx_status migraphx_shape_transposed(bool* out, const_migraphx_shape_t shape);
MIGRAPHX_C_EXPORT migraphx_status migraphx_shape_broadcasted(bool* out, const_migraphx_shape_t shape);
MIGRAPHX_C_EXPORT migraphx_status migraphx_shape_scalar(bool* out, const_migraphx_shape_t shape);
MIGRAPHX_C_EXPORT migraphx_status migraphx_shape_type_size(size_t* out, const_migraphx_shape_t shape);
/* As programs print it: "float_type, {2, 3}, {3, 1}". */
MIGRAPHX_C_EXPORT migraphx_status migraphx_shape_text(migraphx_buffer_t* out, const_migraphx_shape_t shape);

/* An argument on borrowed memory that calls `release(owner)` once nothing uses the memory any more, from any
 * thread; after a failure too. `byte_strides` may be NULL (the shape's own), negative or of any multiple. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_argument_create_shared(
    migraphx_argument_t* argument, const_migraphx_shape_t shape, void* data, const int64_t* byte_strides,
    migraphx_release_t release, void* owner);
/* A tensor of its own memory with the same elements, in standard order. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_argument_copy(
    migraphx_argument_t* out, const_migraphx_argument_t argument);
/* Sets every element to `value`, converted to the element type. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_argument_fill(migraphx_argument_t argument, double value);
/* A tensor of text from UTF-8 strings in row-major order, and one of its elements. Sizes are in bytes. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_argument_create_text(
    migraphx_argument_t* argument, const size_t* lengths, size_t lengths_size, const char* const* elements,
    const size_t* element_sizes, size_t elements_size);
MIGRAPHX_C_EXPORT migraphx_status migraphx_argument_element_text(
    migraphx_buffer_t* out, const_migraphx_argument_t argument, size_t idx);
/* The elements as programs print them: "1, 2, 3". */
MIGRAPHX_C_EXPORT migraphx_status migraphx_argument_text(
    migraphx_buffer_t* out, const_migraphx_argument_t argument);

/* Values that are more than one tensor. What is made shares the memory of tensors; handles that are given by
 * `argument` and `get` are borrowed. `size` and `get` are about the elements of a sequence or a tuple, and the value
 * of an optional, of which there are 0 or 1. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_destroy(migraphx_value_t value);
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_create(
    migraphx_value_t* value, const_migraphx_argument_t argument);
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_create_sequence(
    migraphx_value_t* value, const const_migraphx_value_t* ptr, size_t size);
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_create_optional(
    migraphx_value_t* value, const_migraphx_value_t wrapped);
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_create_none(migraphx_value_t* value);
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_kind(
    migraphx_value_kind_t* out, const_migraphx_value_t value);
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_argument(
    const_migraphx_argument_t* out, const_migraphx_value_t value);
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_size(size_t* out, const_migraphx_value_t value);
MIGRAPHX_C_EXPORT migraphx_status migraphx_value_get(
    const_migraphx_value_t* out, const_migraphx_value_t value, size_t idx);
MIGRAPHX_C_EXPORT migraphx_status migraphx_values_destroy(migraphx_values_t values);
MIGRAPHX_C_EXPORT migraphx_status migraphx_values_size(size_t* out, const_migraphx_values_t values);
MIGRAPHX_C_EXPORT migraphx_status migraphx_values_get(
    const_migraphx_value_t* out, const_migraphx_values_t values, size_t idx);

/* Device memory. Until a target has memory of its own, it is host memory, in which "ref" and "cpu" work. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_gpu_allocate(
    migraphx_argument_t* out, const_migraphx_shape_t shape, bool host);
MIGRAPHX_C_EXPORT migraphx_status migraphx_gpu_copy_to(
    migraphx_argument_t* out, const_migraphx_argument_t argument, bool host);
MIGRAPHX_C_EXPORT migraphx_status migraphx_gpu_copy_from(
    migraphx_argument_t* out, const_migraphx_argument_t argument);
MIGRAPHX_C_EXPORT migraphx_status migraphx_gpu_sync(void);

/* The target's name, borrowed. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_target_name(const char** out, const_migraphx_target_t target);

/* A program's inputs and outputs by name, in the model's order. Shapes are at their maxima; axes that have no
 * maximum, or were given as ranges, make them dynamic. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_get_inputs(
    migraphx_program_parameter_shapes_t* out, const_migraphx_program_t program);
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_get_outputs(
    migraphx_program_parameter_shapes_t* out, const_migraphx_program_t program);
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_is_compiled(bool* out, const_migraphx_program_t program);
/* The bytes that one inference needs besides weights, inputs and outputs, at the maximum sizes. Fails before
 * compile, and when a size has no maximum. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_get_memory_usage(
    size_t* out, const_migraphx_program_t program);
/* Runs the program for some tensors only, in the order given: outputs, or intermediate ones by the name that the
 * ONNX model gives them. Without names: all outputs. Unknown names are reported with those that are close. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_run_outputs(
    migraphx_arguments_t* out, const_migraphx_program_t program, migraphx_program_parameters_t params,
    const char* const* names, size_t names_size);
/* The same for inputs and outputs of every kind. A value is taken for an optional one, too. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_parameters_add_value(
    migraphx_program_parameters_t program_parameters, const char* name, const_migraphx_value_t value);
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_run_values(
    migraphx_values_t* out, const_migraphx_program_t program, migraphx_program_parameters_t params,
    const char* const* names, size_t names_size);
/* The program as text, and as Python and C++ that rebuild it. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_text(
    migraphx_buffer_t* out, const_migraphx_program_t program);
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_python(
    migraphx_buffer_t* out, const_migraphx_program_t program);
MIGRAPHX_C_EXPORT migraphx_status migraphx_program_cpp(
    migraphx_buffer_t* out, const_migraphx_program_t program);

/* Parts of modules and instructions. Handles that are received belong to the caller. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_module_name(const char** out, const_migraphx_module_t module);
MIGRAPHX_C_EXPORT migraphx_status migraphx_module_text(migraphx_buffer_t* out, const_migraphx_module_t module);
MIGRAPHX_C_EXPORT migraphx_status migraphx_module_instructions(
    migraphx_instructions_t* out, const_migraphx_module_t module);
/* Makes the return give other values. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_module_replace_return(
    migraphx_instruction_t* out, migraphx_module_t module, migraphx_instructions_t args);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instructions_size(
    size_t* out, const_migraphx_instructions_t instructions);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instructions_get(
    migraphx_instruction_t* out, const_migraphx_instructions_t instructions, size_t idx);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_kind(
    migraphx_instruction_kind_t* out, const_migraphx_instruction_t instruction);
/* "@param", "@literal", "@return" or the operator's name. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_name(
    const char** out, const_migraphx_instruction_t instruction);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_shape(
    migraphx_shape_t* out, const_migraphx_instruction_t instruction);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_op(
    migraphx_operation_t* out, const_migraphx_instruction_t instruction);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_literal_value(
    migraphx_argument_t* out, const_migraphx_instruction_t instruction);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_inputs(
    migraphx_instructions_t* out, const_migraphx_instruction_t instruction);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_outputs(
    migraphx_instructions_t* out, const_migraphx_instruction_t instruction);
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_equal(
    bool* out, const_migraphx_instruction_t instruction, const_migraphx_instruction_t x);
/* Equal for equal instructions. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_instruction_hash(
    size_t* out, const_migraphx_instruction_t instruction);

/* An operator from its attributes in (relaxed) JSON, and its attributes as JSON. A size in them may be an expression
 * over symbols, such as "2*N"; the symbols get their meaning from the module that the operator is added to. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_operation_create_from_json(
    migraphx_operation_t* operation, const char* name, const char* attributes);
MIGRAPHX_C_EXPORT migraphx_status migraphx_operation_attributes(
    migraphx_buffer_t* out, const_migraphx_operation_t operation);
/* As programs print it: "concat[axis=1]". */
MIGRAPHX_C_EXPORT migraphx_status migraphx_operation_text(
    migraphx_buffer_t* out, const_migraphx_operation_t operation);

/* More options of reading ONNX models. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_onnx_options_set_dim_param(
    migraphx_onnx_options_t onnx_options, const char* name, const_migraphx_dynamic_dimension_t dd);
MIGRAPHX_C_EXPORT migraphx_status migraphx_onnx_options_set_skip_unknown_operators(
    migraphx_onnx_options_t onnx_options, bool value);
/* Whether a failure prints the program as far as it was read to standard error. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_onnx_options_set_print_program_on_error(
    migraphx_onnx_options_t onnx_options, bool value);

/* The device that the program runs on: 0 is the only one of "ref" and "cpu". */
MIGRAPHX_C_EXPORT migraphx_status migraphx_compile_options_set_device_id(
    migraphx_compile_options_t compile_options, size_t value);
MIGRAPHX_C_EXPORT migraphx_status migraphx_file_options_set_device_id(
    migraphx_file_options_t file_options, size_t value);
/* Encrypts what is saved, and decrypts what is loaded, with a key of 16, 24 or 32 bytes (AES-GCM). */
MIGRAPHX_C_EXPORT migraphx_status migraphx_file_options_set_encryption_key(
    migraphx_file_options_t file_options, const void* key, size_t size);
/* Whether machine code in a file is run that nothing authenticates; false by default. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_file_options_set_trust_code(
    migraphx_file_options_t file_options, bool value);

/* Saving to memory, and loading from it. */
MIGRAPHX_C_EXPORT migraphx_status migraphx_save_buffer(
    migraphx_buffer_t* out, const_migraphx_program_t program, const_migraphx_file_options_t options);
MIGRAPHX_C_EXPORT migraphx_status migraphx_load_buffer(
    migraphx_program_t* out, const void* data, size_t size, const_migraphx_file_options_t options);

#ifdef __cplusplus
}
#endif

#endif

#ifndef CLLVM_H
#define CLLVM_H

#include <stddef.h>
#include <stdint.h>

/// What the processor and the system can run, as bits of `cllvm_processor_features`.
enum {
  CLLVM_SSE42 = 1,
  CLLVM_AVX2_FMA = 2,
  CLLVM_AVX512 = 4,
};

/// The instruction sets of this processor that code can be made for.
uint32_t cllvm_processor_features(void);

/// How many processors this process may use by its affinity.
int cllvm_processor_count(void);

/// The version of the LLVM that is loaded, as "19.1.7"; NULL when there is none on this machine.
/// The first call loads it.
const char *_Nullable cllvm_version(void);

/// Compiles textual IR to an ELF object.
///
/// Several threads may compile at once.
///
/// Returns 0 and bytes to be freed with `free`, or another number and the text of an error, to be freed too.
int cllvm_compile(const char *_Nonnull ir, size_t length, const char *_Nonnull cpu,
                  const char *_Nonnull features, const char *_Nonnull passes,
                  char *_Nullable *_Nonnull result, size_t *_Nonnull result_length);

/// Tells the processor that this thread is only waiting.
static inline void cllvm_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

#endif

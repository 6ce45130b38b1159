// The few functions of LLVM's C interface that compiling needs, declared here and found at run time:
// neither building nor running what is compiled already needs LLVM on the machine.
#define _GNU_SOURCE
#include "CLLVM.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Context *ContextRef;
typedef struct Module *ModuleRef;
typedef struct Buffer *BufferRef;
typedef struct Target *TargetRef;
typedef struct Machine *MachineRef;
typedef struct Layout *LayoutRef;
typedef struct PassOptions *PassOptionsRef;
typedef struct Failure *ErrorRef;
typedef struct Diagnostic *DiagnosticRef;
typedef int Bool;

enum { CODEGEN_DEFAULT = 2, RELOC_PIC = 2, CODE_MODEL_SMALL = 3, OBJECT_FILE = 1, SEVERITY_ERROR = 0 };

#define FUNCTIONS(X)                                                                             \
  X(void, GetVersion, (unsigned *, unsigned *, unsigned *))                                      \
  X(void, InitializeX86TargetInfo, (void))                                                       \
  X(void, InitializeX86Target, (void))                                                           \
  X(void, InitializeX86TargetMC, (void))                                                         \
  X(void, InitializeX86AsmPrinter, (void))                                                       \
  X(ContextRef, ContextCreate, (void))                                                           \
  X(void, ContextDispose, (ContextRef))                                                          \
  X(void, ContextSetDiagnosticHandler, (ContextRef, void (*)(DiagnosticRef, void *), void *))    \
  X(int, GetDiagInfoSeverity, (DiagnosticRef))                                                   \
  X(char *, GetDiagInfoDescription, (DiagnosticRef))                                             \
  X(BufferRef, CreateMemoryBufferWithMemoryRangeCopy, (const char *, size_t, const char *))      \
  X(Bool, ParseIRInContext, (ContextRef, BufferRef, ModuleRef *, char **))                       \
  X(Bool, VerifyModule, (ModuleRef, int, char **))                                               \
  X(void, DisposeModule, (ModuleRef))                                                            \
  X(void, DisposeMessage, (char *))                                                              \
  X(Bool, GetTargetFromTriple, (const char *, TargetRef *, char **))                             \
  X(MachineRef, CreateTargetMachine,                                                             \
    (TargetRef, const char *, const char *, const char *, int, int, int))                        \
  X(void, DisposeTargetMachine, (MachineRef))                                                    \
  X(LayoutRef, CreateTargetDataLayout, (MachineRef))                                             \
  X(void, DisposeTargetData, (LayoutRef))                                                        \
  X(void, SetModuleDataLayout, (ModuleRef, LayoutRef))                                           \
  X(void, SetTarget, (ModuleRef, const char *))                                                  \
  X(PassOptionsRef, CreatePassBuilderOptions, (void))                                            \
  X(void, DisposePassBuilderOptions, (PassOptionsRef))                                           \
  X(ErrorRef, RunPasses, (ModuleRef, const char *, MachineRef, PassOptionsRef))                  \
  X(char *, GetErrorMessage, (ErrorRef))                                                         \
  X(void, DisposeErrorMessage, (char *))                                                         \
  X(Bool, TargetMachineEmitToMemoryBuffer, (MachineRef, ModuleRef, int, char **, BufferRef *))   \
  X(const char *, GetBufferStart, (BufferRef))                                                   \
  X(size_t, GetBufferSize, (BufferRef))                                                          \
  X(void, DisposeMemoryBuffer, (BufferRef))

#define FIELD(result, name, parameters) result(*name) parameters;
static struct {
  FUNCTIONS(FIELD)
} llvm;

static const char triple[] = "x86_64-unknown-linux-gnu";
static char version[32];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int resolve(void *library) {
#define RESOLVE(result, name, parameters)                  \
  *(void **)&llvm.name = dlsym(library, "LLVM" #name);     \
  if (!llvm.name) return 0;
  FUNCTIONS(RESOLVE)
  return 1;
}

static void load(void) {
  // Interfaces change between major versions: only the one that is tested is taken.
  static const char *const names[] = {"libLLVM.so.19.1", "libLLVM-19.so.1", "libLLVM-19.so"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) continue;
    if (resolve(library)) {
      unsigned major, minor, patch;
      llvm.GetVersion(&major, &minor, &patch);
      if (major == 19) {
        llvm.InitializeX86TargetInfo();
        llvm.InitializeX86Target();
        llvm.InitializeX86TargetMC();
        llvm.InitializeX86AsmPrinter();
        snprintf(version, sizeof version, "%u.%u.%u", major, minor, patch);
        return;
      }
    }
    dlclose(library);
  }
}

const char *cllvm_version(void) {
  pthread_once(&once, load);
  return *version ? version : NULL;
}

uint32_t cllvm_processor_features(void) {
  uint32_t features = 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("sse4.2")) features |= CLLVM_SSE42;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
      __builtin_cpu_supports("f16c"))
    features |= CLLVM_AVX2_FMA;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    features |= CLLVM_AVX512;
#endif
  return features;
}

int cllvm_processor_count(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

// One compilation: what it has made, and the first error.
typedef struct {
  ContextRef context;
  ModuleRef module;
  MachineRef machine;
  char *error;
} Compilation;

static void fail(Compilation *c, const char *text) {
  if (!c->error) c->error = strdup(text ? text : "unknown error");
}

// Without a handler LLVM ends the process at an error.
static void note(DiagnosticRef diagnostic, void *compilation) {
  if (llvm.GetDiagInfoSeverity(diagnostic) != SEVERITY_ERROR) return;
  char *text = llvm.GetDiagInfoDescription(diagnostic);
  fail(compilation, text);
  llvm.DisposeMessage(text);
}

static void take(Compilation *c, char *message) {
  fail(c, message);
  if (message) llvm.DisposeMessage(message);
}

static void run(Compilation *c, const char *ir, size_t length, const char *cpu, const char *features,
                const char *passes, char **bytes, size_t *size) {
  char *message = NULL;
  llvm.ContextSetDiagnosticHandler(c->context, note, c);
  // Parsing takes the buffer over.
  BufferRef text = llvm.CreateMemoryBufferWithMemoryRangeCopy(ir, length, "kernel");
  if (llvm.ParseIRInContext(c->context, text, &c->module, &message)) return take(c, message);
  enum { RETURN_STATUS = 2 };
  int broken = llvm.VerifyModule(c->module, RETURN_STATUS, &message);
  if (broken) return take(c, message);
  if (message) llvm.DisposeMessage(message);
  TargetRef target;
  if (llvm.GetTargetFromTriple(triple, &target, &message)) return take(c, message);
  c->machine = llvm.CreateTargetMachine(target, triple, cpu, features, CODEGEN_DEFAULT, RELOC_PIC,
                                        CODE_MODEL_SMALL);
  if (!c->machine) return fail(c, "LLVM makes no code for this processor");
  LayoutRef layout = llvm.CreateTargetDataLayout(c->machine);
  llvm.SetModuleDataLayout(c->module, layout);
  llvm.DisposeTargetData(layout);
  llvm.SetTarget(c->module, triple);
  PassOptionsRef options = llvm.CreatePassBuilderOptions();
  ErrorRef error = llvm.RunPasses(c->module, passes, c->machine, options);
  llvm.DisposePassBuilderOptions(options);
  if (error) {
    char *reason = llvm.GetErrorMessage(error);
    fail(c, reason);
    return llvm.DisposeErrorMessage(reason);
  }
  BufferRef object;
  if (llvm.TargetMachineEmitToMemoryBuffer(c->machine, c->module, OBJECT_FILE, &message, &object))
    return take(c, message);
  *size = llvm.GetBufferSize(object);
  *bytes = malloc(*size ? *size : 1);
  if (*bytes) memcpy(*bytes, llvm.GetBufferStart(object), *size);
  else fail(c, "no memory for an object");
  llvm.DisposeMemoryBuffer(object);
}

int cllvm_compile(const char *ir, size_t length, const char *cpu, const char *features,
                  const char *passes, char **result, size_t *result_length) {
  *result = NULL;
  *result_length = 0;
  Compilation c = {0};
  if (cllvm_version()) {
    c.context = llvm.ContextCreate();
    run(&c, ir, length, cpu, features, passes, result, result_length);
    if (c.machine) llvm.DisposeTargetMachine(c.machine);
    if (c.module) llvm.DisposeModule(c.module);
    llvm.ContextDispose(c.context);
  } else {
    fail(&c, "LLVM 19 is not on this machine");
  }
  if (!c.error) return 0;
  free(*result);
  *result = c.error;
  *result_length = strlen(c.error);
  return 1;
}

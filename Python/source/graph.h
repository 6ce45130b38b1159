// Modules and instructions of a program.
#pragma once

#include "bindings.h"

struct Module {
  std::shared_ptr<ProgramHandle> owner;
  migraphx_module_t handle;
};

struct Instruction {
  std::shared_ptr<ProgramHandle> owner;
  InstructionHandle handle;
};

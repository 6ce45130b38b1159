import Tensors

/// A tensor in memory, under a name that the argument parser doesn't have too.
typealias Tensor = Argument

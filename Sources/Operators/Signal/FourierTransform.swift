import Glibc
import Support
import Tensors

/// The discrete Fourier transform of one length, in O(n log n).
///
/// Powers of two are halved again and again; other lengths become a convolution (Bluestein), which is done by
/// transforms of a power of two.
struct FourierTransform: Sendable {
  let length: Int
  /// exp(-2πi k / length), for powers of two.
  private let roots: [Complex]
  /// exp(-πi k² / length), for other lengths.
  private let chirp: [Complex]
  /// The transform of the conjugated chirp that the convolution needs.
  private let kernel: [Complex]

  /// A complex number.
  struct Complex: BitwiseCopyable, Sendable {
    var real = 0.0
    var imaginary = 0.0

    /// exp(-πi numerator / denominator)
    init(turning numerator: Int, over denominator: Int) {
      let angle = -Double.pi * Double(numerator) / Double(denominator)
      (real, imaginary) = (cos(angle), sin(angle))
    }

    init(real: Double = 0, imaginary: Double = 0) {
      (self.real, self.imaginary) = (real, imaginary)
    }

    var conjugate: Complex { Complex(real: real, imaginary: -imaginary) }
    /// Real and imaginary part exchanged, which turns a transform into its inverse.
    var swapped: Complex { Complex(real: imaginary, imaginary: real) }

    static func + (a: Complex, b: Complex) -> Complex {
      Complex(real: a.real + b.real, imaginary: a.imaginary + b.imaginary)
    }
    static func - (a: Complex, b: Complex) -> Complex {
      Complex(real: a.real - b.real, imaginary: a.imaginary - b.imaginary)
    }
    static func * (a: Complex, b: Complex) -> Complex {
      Complex(
        real: a.real * b.real - a.imaginary * b.imaginary,
        imaginary: a.real * b.imaginary + a.imaginary * b.real)
    }
  }

  /// Prepares transforms of `length` numbers, at least one.
  init(length: Int) {
    self.length = length
    if length & (length - 1) == 0 {
      roots = FourierTransform.roots(length)
      (chirp, kernel) = ([], [])
      return
    }
    chirp = (0..<length).map { index in
      Complex(turning: index * index % (2 * length), over: length)
    }
    let padded = 1 << (Int.bitWidth - (2 * length - 2).leadingZeroBitCount)
    roots = FourierTransform.roots(padded)
    var kernel = [Complex](repeating: Complex(), count: padded)
    for (index, value) in chirp.enumerated() {
      kernel[index] = value.conjugate
      if index > 0 { kernel[padded - index] = value.conjugate }
    }
    FourierTransform.transform(&kernel, roots)
    self.kernel = kernel
  }

  /// Checks that a transform of `length` numbers has the memory that it works in.
  ///
  /// - Throws: `limitExceeded` when it is too large.
  static func checkMemory(_ length: Int) throws(MIGraphXError) {
    // Five tables or arrays of complex numbers, up to four times as long.
    try checkFitsMemory(Shape(.double, lens: [length, 40]))
  }

  private static func roots(_ length: Int) -> [Complex] {
    (0..<max(1, length / 2)).map { Complex(turning: 2 * $0, over: length) }
  }

  /// The transform of `length` numbers.
  func callAsFunction(_ input: [Complex]) -> [Complex] {
    if chirp.isEmpty {
      var values = input
      FourierTransform.transform(&values, roots)
      return values
    }
    var values = [Complex](repeating: Complex(), count: kernel.count)
    for index in 0..<length { values[index] = input[index] * chirp[index] }
    FourierTransform.transform(&values, roots)
    for index in values.indices { values[index] = (values[index] * kernel[index]).swapped }
    FourierTransform.transform(&values, roots)
    let scale = Complex(real: 1 / Double(kernel.count))
    return (0..<length).map { values[$0].swapped * chirp[$0] * scale }
  }

  /// The inverse transform of `length` numbers.
  func inverse(_ input: [Complex]) -> [Complex] {
    let scale = Complex(real: 1 / Double(length))
    return self(input.map(\.swapped)).map { $0.swapped * scale }
  }

  /// Transforms in place; the number of values is a power of two.
  private static func transform(_ values: inout [Complex], _ roots: [Complex]) {
    let count = values.count
    var target = 0
    for index in 0..<count {
      if index < target { values.swapAt(index, target) }
      var bit = count >> 1
      while bit > 0, target & bit != 0 {
        target ^= bit
        bit >>= 1
      }
      target |= bit
    }
    var half = 1
    while half < count {
      let step = count / (2 * half)
      for start in stride(from: 0, to: count, by: 2 * half) {
        for index in 0..<half {
          let product = values[start + half + index] * roots[index * step]
          values[start + half + index] = values[start + index] - product
          values[start + index] = values[start + index] + product
        }
      }
      half *= 2
    }
  }
}

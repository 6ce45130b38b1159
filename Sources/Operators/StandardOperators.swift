import IR

extension OperatorRegistry {
  /// Every operator that is part of the system.
  public static let standard = OperatorRegistry([
    Add.self,
    BatchNormInference.self,
    Convolution.self,
    ConvolutionBackwards.self,
    Dot.self,
    LSTM.self,
    Pooling.self,
    QuantDot.self,
    Resize.self,
    Transpose.self,
  ])
}

extension [UInt8] {
  /// Appends the text with some of its bytes written otherwise; most texts have none.
  @inline(__always)
  mutating func append(
    _ text: ArraySlice<UInt8>, replacing isSpecial: (UInt8) -> Bool,
    with appendReplacement: (UInt8, inout [UInt8]) -> Void
  ) {
    guard text.contains(where: isSpecial) else {
      self += text
      return
    }
    for byte in text {
      if isSpecial(byte) { appendReplacement(byte, &self) } else { append(byte) }
    }
  }
}

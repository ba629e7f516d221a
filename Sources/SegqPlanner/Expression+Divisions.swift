public import SegqLanguage

extension Expression {
  /// Where in `source` the signs of its divisions stand, without those such as `/ 3`, which can't
  /// be by zero.
  public func divisions(in source: SourceText) -> [SourceSpan] {
    let inner = parts.flatMap { $0.divisions(in: source) }
    guard case .arithmetic(.divide, let left, let right) = kind, !right.isWrittenAndNotZero else {
      return inner
    }
    return [source.token(behind: left.span)] + inner
  }

  private var isWrittenAndNotZero: Bool {
    guard case .number(let digits) = literal else { return false }
    return digits.contains { ("1"..."9").contains($0) }
  }
}

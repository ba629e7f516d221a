public import SegqLanguage

extension Expression {
  /// Where in `source` the signs of its divisions stand.
  public func divisions(in source: SourceText) -> [SourceSpan] {
    let inner = parts.flatMap { $0.divisions(in: source) }
    guard case .arithmetic(.divide, let left, _) = kind else { return inner }
    return [source.token(behind: left.span)] + inner
  }
}

// `compare` with the words of other languages between its two sets.
extension Parser {
  mutating func compareSubject() throws(SyntaxError) -> Query.Subject {
    let start = token.span
    let first: SegmentExpression
    do throws(SyntaxError) { first = try segmentExpression() } catch {
      guard case .foreign(.setWord) = error.kind else { throw error }
      throw compareList(from: start, at: error.span)
    }
    let isOther = ["to", "vs", "versus", "against", "or", "on"].contains { isWord(token, $0) }
    let isSegment = token.kind == .integer || token.kind == .string
    if at(.comma) || (isOther || isSegment) && !atStatementEnd {
      throw compareList(from: start, at: token.span)
    }
    try require("with")
    return .compare(first, try oneSet())
  }

  /// `compare 1, 2`, `compare 1 vs 'VIP'`, with the two sets that stand there.
  private func compareList(from start: SourceSpan, at separator: SourceSpan) -> SyntaxError {
    var trial = self
    if token.kind != .integer, token.kind != .string { trial.advance() }
    let first = source[source.trimmed(SourceSpan(start.start, separator.start))]
    let second = (try? trial.segmentExpression()).map { source[$0.span] } ?? "2"
    return SyntaxError(kind: .foreign(.compareList(first, second)), span: separator)
  }
}

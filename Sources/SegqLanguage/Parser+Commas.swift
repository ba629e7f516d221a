/// A number as other countries and spreadsheets write it, read across its commas.
struct CommaNumber {
  /// As it is written here.
  let plain: String
  let span: SourceSpan
  /// Whether its digits stand in groups of three: `1,500`.
  let isGrouped: Bool
  /// Whether it can't be several numbers: one does not begin with a 0, as in `1,000`.
  let isCertain: Bool

  var error: SyntaxError { SyntaxError(kind: .foreign(.thousands(plain)), span: span) }

  /// `1,000,000.50`, `1.000,50` or `1,5`, split at its commas.
  fileprivate init?(_ pieces: [String], _ span: SourceSpan) {
    self.span = span
    let wholes = pieces.map { $0.prefix { $0 != "." } }
    let groups = wholes.dropFirst()
    let arePlain = !pieces.dropLast().contains { $0.contains(".") }
    isGrouped =
      arePlain && (1...3).contains(wholes[0].utf8.count) && groups.allSatisfy { $0.utf8.count == 3 }
    isCertain = isGrouped && wholes[0] != "0" && groups.contains { $0.hasPrefix("0") }
    if isGrouped || arePlain && groups.allSatisfy({ $0.utf8.count == 3 }) {
      plain = pieces.joined()
    } else if pieces.count == 2, !pieces[1].contains(".") {
      let isGroupedByPoint = pieces[0].wholeMatch(of: /\d{1,3}\.\d{3}/) != nil
      plain = (isGroupedByPoint ? pieces[0].filter { $0 != "." } : pieces[0]) + "." + pieces[1]
    } else {
      return nil
    }
  }
}

// Commas that stand in numbers, and that are missing between segments.
extension Parser {
  /// The number that goes on behind the comma here, without a blank on either side.
  var commaNumber: CommaNumber? {
    guard previous.isPlainNumber else { return nil }
    var trial = self
    trial.marks = nil
    var pieces = [text(previous)]
    while trial.token.kind == .symbol(.comma), trial.touchesPrevious,
      trial.lookahead.isPlainNumber, trial.lookahead.span.start == trial.token.span.end
    {
      trial.advance()
      pieces.append(text(trial.token))
      trial.advance()
    }
    guard pieces.count > 1 else { return nil }
    return CommaNumber(pieces, previous.span.through(trial.previous.span))
  }

  /// Takes the comma of a list, unless it is one in a number: `select total > 1,000 from orders`.
  mutating func eatListComma() throws(SyntaxError) -> Bool {
    if at(.comma), let number = commaNumber, number.isCertain { throw number.error }
    return eat(.comma)
  }

  /// `overlap 1 2 5`
  func refuseMissingCommas(between first: SourceSpan) throws(SyntaxError) {
    guard atSegment else { return }
    var trial = self
    trial.marks = nil
    var names = [source[first]]
    while trial.atSegment {
      names.append(text(trial.token))
      trial.advance()
    }
    throw SyntaxError(
      kind: .foreign(.segmentsWithoutCommas(names.joined(separator: ", "))), span: token.span)
  }

  /// An id or a name in quotes; with a dot it is rather a file's.
  private var atSegment: Bool {
    guard !atStatementEnd else { return false }
    return token.kind == .integer || token.kind == .string && !text(token).contains(".")
  }
}

extension Token {
  fileprivate var isPlainNumber: Bool { kind == .integer || kind == .decimal }
}

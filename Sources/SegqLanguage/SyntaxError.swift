/// What is wrong with a text, as data; the sentences are in `SyntaxError+Diagnostics.swift`.
struct SyntaxError: Error, Hashable {
  enum Kind: Hashable {
    /// Something else was expected here.
    case unexpected(found: String, isEnd: Bool, expected: [Expectation])
    case lexical(LexicalError)
    case unknownStatement(String)
    case tooDeep
    case numberTooLarge(String)
    case invalidDate(String)
    case foreign(ForeignForm)
    case duplicateClause(String)
    case misplacedClause(String, before: String)
    case segmentNameUnquoted(String)
    case listOfSegments
    case unknownUnit(String)
  }

  /// What other languages write, and segq does not.
  enum ForeignForm: Hashable {
    case and
    case or
    case ilike
    case limitWithOffset(String, String)
    case inSegment
    case percent
    case exclamation
    case isComparison
    case exportWithoutSegment
  }

  var kind: Kind
  var span: SourceSpan
}

/// What the grammar allows at a place; feeds the message, the completion and the hint.
public enum Expectation: Hashable, Sendable {
  case keyword(String)
  case symbol(String)
  case table
  case column
  /// A value, of the column that is compared where it is known.
  case value(of: [String])
  case expression
  case segment
  case format
  case file
  case number
  case setting
  case name
  case topic
  case end
}

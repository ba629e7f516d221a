/// What is wrong with a text, as data; the sentences are in `SyntaxError+Diagnostics.swift`.
struct SyntaxError: Error, Hashable {
  enum Kind: Hashable {
    /// Something else was expected here.
    case unexpected(found: String, isEnd: Bool, expected: [Expectation])
    case lexical(LexicalError)
    case unknownStatement(String)
    /// `\x of`, and what could stand there.
    case notAState(String, [String])
    case unknownFunction(String)
    case tooDeep
    case numberTooLarge(String)
    case invalidDate(String)
    case foreign(ForeignForm)
    case duplicateClause(String)
    case misplacedClause(String, before: String)
    case segmentNameMissing
    case segmentNameUnquoted(String)
    /// A word where a text in quotes belongs.
    case unquotedText(String)
    case listOfSegments
    case unknownUnit(String)
    /// `${…}` around something that is no name.
    case interpolation
    case openBlock
    case strayBrace
    /// A `(` or `[` that is not closed before the next statement.
    case openBracket(String)
    case strayBracket
    case semicolonInBrackets(String)
    case tooManyBlocks
    /// A text in quotes where a name or number belongs.
    case quotedName(String)
    case notACount
  }

  /// What other languages write, and segq does not.
  enum ForeignForm: Hashable {
    case ampersand
    case and
    case bareAssignment(String)
    case bareQuery
    case bars
    case blockSign
    case cast
    case caseWhen
    case clause(String, String)
    /// The two sets.
    case compareList(String, String)
    case createThing(String)
    case currency
    case dateLiteral
    case dollarInName(String)
    case exclamation
    case exportGroups
    case exportWithoutSegment
    case extract(String)
    case fromQuery
    case ilike
    case inSegment
    case inSelect
    case interval
    /// `since = last month`, for `since is last month`
    case isComparison(String)
    case isForm(String)
    case join
    case lastSpan(String)
    case limitAll
    case limitWithOffset([String])
    case loopOutput
    case loopRows
    case missingComma
    /// `country = FR`, for `country FR`
    case missingComparison(String)
    case monthName(String?)
    case misspelt(String)
    case notForm(String)
    /// `1500`, for `1.5k`
    case numberSuffix(String)
    case nullsLast
    case oneSegment(String)
    case orInList
    case percent
    case period
    case quotedAlias
    case quoteInside(String)
    case quoteInWord(String)
    case rowShare
    case schema
    case secondName(String, String)
    case segmentsWithoutCommas(String)
    case selectInCall
    case setWord(String)
    case severalLets
    case spokenDuration(String)
    case squareBracket
    case starOfTable(String)
    case strayComma
    case tableFunction
    case thousands(String)
    case tilde
    case top(String)
    case watchUnit
    case wordOperator(String, String)
  }

  var kind: Kind
  var span: SourceSpan
}

/// What the grammar allows at a place; feeds the message, the completion and the hint.
public enum Expectation: Hashable, Sendable {
  case keyword(String)
  /// Two words that count only together: `order by`.
  case words(String, String)
  case symbol(String)
  /// `=`, `<`, …
  case comparison
  case table
  case column
  /// A value, of the column (at that place of the text) that it is compared with.
  case value(of: SourceSpan)
  /// An argument of the function whose name stands there.
  case argument(of: SourceSpan)
  case expression
  case segment
  case customer
  case format
  case layout
  case file
  case command
  case quotedText
  case number
  case duration
  case setting
  case name
  case topic
  case end
}

/// What a piece of text is, before the parser gives it meaning.
public struct Token: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Letters, digits and `_`; keywords too, which only the parser knows: `select`, `FR`, `24h`.
    case word
    /// An identifier in backquotes.
    case quotedName
    /// `42`, `01310`
    case integer
    /// `12.50`
    case decimal
    /// `2024`-`01`-`31`, `2024-01`, `2024-01-31T10:00`, `2024-01-31 10:00`
    case date
    /// `30d`, `5s`
    case duration
    /// `'…'` or `"…"`
    case string
    /// `$name`
    case variable
    case symbol(Symbol)
    /// Something no token begins with, or a string that does not end.
    case invalid(LexicalError)
    case end
  }

  public enum Symbol: String, Sendable, CaseIterable {
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case comma = ","
    case semicolon = ";"
    case dot = "."
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case ampersand = "&"
    case pipe = "|"
    case concatenate = "||"
    case both = "&&"
    case equal = "="
    case identical = "=="
    case similar = "~="
    case notEqual = "!="
    case lessOrGreater = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case exclamation = "!"
    case percent = "%"
  }

  public var kind: Kind
  public var span: SourceSpan
  /// The token is the first of its line (and no `\` joins the lines).
  public var followsNewline: Bool
}

/// What is wrong with a piece of text that is no token.
public enum LexicalError: Sendable, Hashable {
  case unterminatedString(quote: UInt8)
  case unterminatedName
  case unknownCharacter(Unicode.Scalar)
  /// `/* … */`
  case blockComment
  /// `${x}` outside of a text.
  case bracedVariable
  /// `:=`
  case foreignSign(ForeignSign)
  /// `31.01.2024`, `1.000.000`
  case severalPoints
  case unknownEscape
  case invalidUTF8
  case utf16
}

/// How delimited text is written: what separates fields, and how a field holds such a byte itself.
struct TextDialect: Sendable, Hashable {
  enum Escapes: Sendable, Hashable {
    /// `"a ""b"" c"`, as RFC 4180 says. A backslash is text.
    case doubledQuotes
    /// `"a \"b\" c"`, as MySQL writes with `enclosed by '"'`.
    case quotesAndBackslashes
    /// `a \"b\" c`, tab `\t`, line end `\n`: as `mysql -B`, `select … into outfile` and PostgreSQL's
    /// `copy` write. A quote is text.
    case backslashes

    var hasQuotes: Bool { self != .backslashes }
    var hasBackslashes: Bool { self != .doubledQuotes }
  }

  var delimiter: UInt8
  var escapes = Escapes.doubledQuotes

  /// In the order in which they win where all else is equal.
  static let delimiters = [",", ";", "\t", "|"].compactMap(\.utf8.first)
  /// No text has it: the delimiter of a file of one column, whose commas are text.
  static let oneColumn: UInt8 = 0x1F
}

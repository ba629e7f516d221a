/// A string as written, with the variables in it: `'${s.id}-report.csv'`
public struct Template: Sendable, Hashable {
  public enum Piece: Sendable, Hashable {
    case text(String)
    case variable(VariableName)
  }
  public var pieces: [Piece]
  public var span: SourceSpan

  public init(_ pieces: [Piece], _ span: SourceSpan) {
    self.pieces = pieces
    self.span = span
  }

  /// A text without variables.
  public init(_ text: String, _ span: SourceSpan = SourceSpan(0, 0)) {
    self.init([.text(text)], span)
  }

  /// The text, where no variable stands in it.
  public var plain: String? {
    switch pieces.first {
    case nil: ""
    case .text(let text): pieces.count == 1 ? text : nil
    case .variable: nil
    }
  }

  public var variables: [VariableName] {
    pieces.compactMap { piece in
      guard case .variable(let name) = piece else { return nil }
      return name
    }
  }
}

/// `$country`, `$s.id`
public struct VariableName: Sendable, Hashable {
  public var name: Identifier
  /// A column, where the variable is a row.
  public var field: Identifier?
  public var span: SourceSpan

  public init(_ name: Identifier, field: Identifier? = nil, _ span: SourceSpan) {
    self.name = name
    self.field = field
    self.span = span
  }

  /// `s.id`
  public var text: String { field.map { "\(name.text).\($0.text)" } ?? name.text }

  /// The name that stands there; nil where none does.
  init?(_ source: SourceText, _ span: SourceSpan) {
    let text = source[span]
    // What is not UTF-8 was mended, and is longer.
    guard text.utf8.count == span.range.count else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let areWords = parts.allSatisfy { part in
      part.utf8.first.map { !$0.isDigit } ?? false && part.utf8.allSatisfy(\.isWordPart)
    }
    guard (1...2).contains(parts.count), areWords else { return nil }
    let names = parts.map { Identifier(text: String($0), span: span) }
    self.init(names[0], field: names.count > 1 ? names[1] : nil, span)
  }
}

/// What a stretch of the text is, for the colour it gets while it is typed.
public enum Style: Equatable, Sendable, CaseIterable {
  case keyword, string, number, comment, error
}

/// A stretch of UTF-8 offsets and its style: `select 5` has a keyword at 0..<6, a number at 7..<8.
public struct StyledRange: Equatable, Sendable {
  public var range: Range<Int>
  public var style: Style

  public init(_ range: Range<Int>, _ style: Style) {
    self.range = range
    self.style = style
  }
}

/// Everything that has a look of its own on the screen.
enum Ink: Equatable {
  case plain, prompt, suggestion, detail, match
  case text(Style)

  /// The parameters of the escape sequence that switches it on: `1;34`.
  var code: String {
    switch self {
    case .plain: "0"
    case .prompt: "1"
    case .suggestion: "90"
    case .detail: "2"
    case .match: "1;4"
    case .text(.keyword): "34"
    case .text(.string): "32"
    case .text(.number): "36"
    case .text(.comment): "90"
    case .text(.error): "31;4"
    }
  }
}

/// Some text of one ink.
struct Span: Equatable {
  var text: String
  var ink: Ink

  init(_ text: String, _ ink: Ink = .plain) {
    self.text = text
    self.ink = ink
  }
}

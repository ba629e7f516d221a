/// What a stretch of the text is, for the colour it gets while it is typed.
public enum Style: Equatable, Sendable, CaseIterable {
  case keyword, string, number, comment, variable, error
}

/// What the terminal's background is, which nobody asks it: that could take seconds.
public enum Theme: String, Sendable, CaseIterable {
  case dark
  case light

  /// What `COLORFGBG` says (`15;0`: white on black), which some terminals set; else dark.
  public static var usual: Theme { Theme(colors: Environment.variable("COLORFGBG")) }

  init(colors: String?) {
    let background = colors?.split(separator: ";").last.flatMap { Int($0) } ?? 0
    self = background == 7 || background > 8 ? .light : .dark
  }
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
  func code(_ theme: Theme) -> String {
    switch self {
    case .plain: "0"
    case .prompt: "1"
    case .suggestion, .text(.comment): theme == .dark ? "90" : "37"
    case .detail: "2"
    case .match: "1;4"
    case .text(.keyword): theme == .dark ? "94" : "34"
    case .text(.string): "32"
    case .text(.number): theme == .dark ? "36" : "35"
    case .text(.variable): theme == .dark ? "35" : "36"
    case .text(.error): theme == .dark ? "91;4" : "31;4"
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

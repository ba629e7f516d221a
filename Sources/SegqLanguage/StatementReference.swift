/// What the program says about its own language.
///
/// The one place where statements and topics are described: `help`, completion, the reference part
/// of `docs/LANGUAGE.md` and the man page are made from it, and a test runs every example.
public struct StatementReference: Sendable {
  /// The words that it begins with, or the topic.
  public let name: String
  /// Other words by which `help` finds it.
  public let keywords: [String]
  public let synopsis: String
  /// One line.
  public let summary: String
  public let details: String
  public let examples: [ReferenceExample]

  init(
    _ name: String, keywords: [String] = [], synopsis: String, summary: String, details: String,
    examples: [ReferenceExample] = []
  ) {
    self.name = name
    self.keywords = keywords
    self.synopsis = synopsis
    self.summary = summary
    self.details = details
    self.examples = examples
  }

  /// The words that statements begin with.
  static let words: [String] = [
    "select", "drill", "deselect", "unselect", "refresh", "export", "overlap", "compare", "profile",
    "why", "drift", "growth", "create", "alter", "drop", "describe", "explain", "load", "open",
    "save", "undo", "forget", "source", "set", "param", "let", "for", "if", "echo", "assert",
    "watch", "history", "next", "prev", "page", "last", "edit", "help", "quit", "exit",
  ]

  public static let all: [StatementReference] = statements + topics

  /// The statement or topic of that name, of a word in its name, or of one of its keywords.
  public static func find(_ topic: String) -> StatementReference? {
    let wanted = topic.lowercased()
    func hasWord(_ entry: StatementReference) -> Bool {
      entry.name.split(separator: " ").contains { $0 == wanted }
    }
    return all.first { $0.name == wanted } ?? all.first { $0.keywords.contains(wanted) }
      ?? all.first(where: hasWord) ?? all.first { $0.name.hasPrefix(wanted) }
  }

  /// What can be asked for, with what stands nearest first where nothing fits.
  public static let topicNames: [String] =
    all.map(\.name) + all.flatMap(\.keywords) + FunctionReference.all.map(\.name)
}

/// A statement that runs on the demo store.
public struct ReferenceExample: Sendable, ExpressibleByStringLiteral {
  public let statement: String
  /// Its answer differs from run to run: times, files.
  public let isVolatile: Bool

  public init(stringLiteral statement: String) {
    self.statement = statement
    isVolatile = false
  }

  init(volatile statement: String) {
    self.statement = statement
    isVolatile = true
  }

  /// Its answer on the demo store of 10,000 customers, as a terminal shows it; nil where it has none.
  public var output: String? { StatementReference.outputs[statement] }
}

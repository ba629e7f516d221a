import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

extension Session {
  /// `explain`: what the parser understood and what the engine would do; with `analyze` what it did.
  func explain(
    _ statement: Statement, isAnalyzed: Bool, in source: SourceText
  ) throws(ShellError) {
    var plan: PlanNode?
    for query in queries(of: statement) {
      let node = try self.node(of: query, isAnalyzed: isAnalyzed, in: source)
      guard let first = plan else {
        plan = node
        continue
      }
      plan = PlanNode(
        name: "each in turn", detail: "", estimatedRows: 0,
        children: (first.name == "each in turn" ? first.children : [first]) + [node])
    }
    if case .query(let query) = statement.kind, query.output.format?.text.lowercased() == "json" {
      let parts: [(key: String, value: JSONValue)] = [
        ("syntax", statement.syntax.json), ("plan", plan?.json ?? .null),
      ]
      return try print(JSONValue.object(parts).text)
    }
    var lines = ["syntax"] + statement.syntax.tree.lines
    if let plan { lines += ["plan"] + plan.tree.lines }
    try print(lines.joined(separator: "\n"))
  }

  private func queries(of statement: Statement) -> [Query] {
    switch statement.kind {
    case .query(let query): [query]
    case .command(.export(let export)): queries(of: export)
    case .command: []
    }
  }

  private func node(
    of query: Query, isAnalyzed: Bool, in source: SourceText
  ) throws(ShellError) -> PlanNode {
    let planned = try plan(query, in: source)
    guard isAnalyzed else { return planned.plan.node() }
    return try catalog.computing { [plan = planned.plan] (execution) throws(EngineError) in
      let clock: @Sendable () -> Int64 = { Environment.nanoseconds }
      var answer = try Answer(plan, execution, clock: clock)
      try answer.measureShowing(clock)
      return plan.node(answer.profile)
    }
  }
}

/// A line with lines below it.
private struct TextTree {
  var text: String
  var children: [TextTree]

  /// ```
  /// └─ filter
  ///    └─ scan customers
  /// ```
  var lines: [String] { drawn(isLast: true) }

  private func drawn(isLast: Bool) -> [String] {
    let inner = children.enumerated().flatMap { i, child in
      child.drawn(isLast: i == children.count - 1).map { (isLast ? "   " : "│  ") + $0 }
    }
    return [(isLast ? "└─ " : "├─ ") + text] + inner
  }
}

extension SyntaxNode {
  fileprivate var tree: TextTree {
    TextTree(text: detail.isEmpty ? name : "\(name) \(detail)", children: children.map(\.tree))
  }

  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [("node", .string(name))]
    if !detail.isEmpty { members.append(("detail", .string(detail))) }
    if !children.isEmpty { members.append(("children", .array(children.map(\.json)))) }
    return .object(members)
  }
}

extension PlanNode {
  fileprivate var tree: TextTree {
    var text = detail.isEmpty ? name : "\(name): \(detail)"
    if name != "each in turn" {
      text += " · ~\(estimatedRows) \(estimatedRows == 1 ? "row" : "rows")"
    }
    if let actual {
      text += ", was \(actual.rows) in \(Self.milliseconds(actual.nanoseconds)) ms"
      text += ", \(Self.size(actual.bytes))"
    }
    return TextTree(text: text, children: children.map(\.tree))
  }

  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("node", .string(name)), ("detail", .string(detail)),
      ("estimated_rows", .integer(estimatedRows)),
    ]
    if let actual {
      members += [
        ("rows", .integer(actual.rows)), ("nanoseconds", .integer(Int(actual.nanoseconds))),
        ("bytes", .integer(actual.bytes)),
      ]
    }
    if !children.isEmpty { members.append(("children", .array(children.map(\.json)))) }
    return .object(members)
  }

  private static func milliseconds(_ nanoseconds: Int64) -> String {
    Decimal(units: nanoseconds / 10_000 * 100).description
  }

  private static func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<10_000: "\(bytes) B"
    case ..<10_000_000: "\(bytes / 1000) kB"
    default: "\(bytes / 1_000_000) MB"
    }
  }
}

/// A tree as `explain` draws it: what a part is, what it says, and what it is made of.
public struct SyntaxNode: Sendable, Hashable {
  public var name: String
  /// The word, value or sign that the node is about; empty where the name says all.
  public var detail: String
  public var children: [SyntaxNode]

  public init(_ name: String, _ detail: String = "", _ children: [SyntaxNode] = []) {
    self.name = name
    self.detail = detail
    self.children = children
  }
}

extension Statement {
  /// What the parser understood.
  public var syntax: SyntaxNode {
    switch kind {
    case .query(let query): query.syntax
    case .command(let command): command.syntax
    }
  }
}

extension Query {
  public var syntax: SyntaxNode {
    var clauses: [SyntaxNode] = []
    func add(_ name: String, _ parts: [SyntaxNode]) {
      if !parts.isEmpty { clauses.append(SyntaxNode(name, "", parts)) }
    }
    add("where", filter.map { [$0.syntax] } ?? [])
    add("group by", grouping.map(\.syntax))
    add("having", having.map { [$0.syntax] } ?? [])
    add("order by", ordering.map(\.syntax))
    for (name, count) in [("limit", limit), ("offset", offset), ("sample", sample)] {
      if let count { clauses.append(SyntaxNode(name, count.text)) }
    }
    return SyntaxNode(subject.name, "", subject.parts + clauses + output.syntax)
  }
}

extension Query.Subject {
  var name: String {
    switch self {
    case .table, .columns: "select"
    case .drill: "drill"
    case .overlap: "overlap"
    case .compare: "compare"
    case .profile: "profile"
    case .why: "why"
    case .drift: "drift"
    case .growth: "growth"
    }
  }

  fileprivate var parts: [SyntaxNode] {
    switch self {
    case .table(let name): [SyntaxNode("table", name.text)]
    case .columns(let items, let isDistinct, let from):
      (isDistinct ? [SyntaxNode("distinct")] : []) + items.map(\.syntax)
        + (from.map { [SyntaxNode("from", "", [$0.syntax])] } ?? [])
    case .drill(let set, let history):
      [set.syntax] + (history.map { [SyntaxNode($0.kind.rawValue, "", [$0.date.syntax])] } ?? [])
    case .overlap(let list): list.map(\.syntax)
    case .compare(let a, let b): [a.syntax, b.syntax]
    case .profile(let set, let attributes, let base):
      [set.syntax] + (attributes.isEmpty ? [] : [SyntaxNode("by", "", attributes.map(\.syntax))])
        + (base.map { [SyntaxNode("against", "", [$0.syntax])] } ?? [])
    case .why(let customer, let set): [customer.syntax, set.syntax]
    case .drift(let set), .growth(let set): [set.syntax]
    }
  }
}

extension SelectItem {
  fileprivate var syntax: SyntaxNode {
    let inner = expression?.syntax ?? SyntaxNode("all columns")
    return alias.map { SyntaxNode("as", $0.text, [inner]) } ?? inner
  }
}

extension Source {
  fileprivate var syntax: SyntaxNode {
    switch self {
    case .table(let name): SyntaxNode("table", name.text)
    case .segments(let set): set.syntax
    }
  }
}

extension SortItem {
  fileprivate var syntax: SyntaxNode {
    isDescending ? SyntaxNode("descending", "", [expression.syntax]) : expression.syntax
  }
}

extension Count {
  public var text: String {
    switch kind {
    case .number(let number): String(number)
    case .variable(let name): "$" + name.text
    }
  }
}

extension Template {
  /// As it is written between quotes: `out/${s.id}.csv`
  public var text: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .variable(let name): "${\(name.text)}"
      }
    }.joined()
  }
}

extension ShellCommand {
  /// As it is written.
  public var text: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .variable(let variable): "${\(variable.name.text)}"
      }
    }.joined()
  }
}

extension Output {
  fileprivate var syntax: [SyntaxNode] {
    var nodes: [SyntaxNode] = []
    if let format { nodes.append(SyntaxNode("as", format.text)) }
    if let file { nodes.append(SyntaxNode("to", file.text)) }
    if let layout { nodes.append(SyntaxNode("layout", layout.text)) }
    if let pipe { nodes.append(SyntaxNode("pipe", pipe.text)) }
    return nodes
  }
}

extension SegmentExpression {
  public var syntax: SyntaxNode {
    switch kind {
    case .id(let id): SyntaxNode("segment", String(id))
    case .name(let name): SyntaxNode("segment", "'\(name.text)'")
    case .variable(let name): SyntaxNode("segment", "$" + name.text)
    case .selected: SyntaxNode("selected")
    case .all: SyntaxNode("all")
    case .combined(let operation, let a, let b):
      SyntaxNode("set", operation.rawValue, [a.syntax, b.syntax])
    case .each(let operation, let list):
      SyntaxNode("set of each", operation.rawValue, [list.syntax])
    }
  }
}

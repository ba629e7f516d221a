extension Command {
  var syntax: SyntaxNode {
    switch self {
    case .tickAll: SyntaxNode("select all")
    case .untickAll: SyntaxNode("deselect all")
    case .tickVisible: SyntaxNode("select visible")
    case .untickVisible: SyntaxNode("unselect visible")
    case .tick(let list): SyntaxNode("tick", "", list.map(\.syntax))
    case .untick(let list): SyntaxNode("untick", "", list.map(\.syntax))
    case .refresh(let list): SyntaxNode("refresh", "", list.map(\.syntax))
    case .refreshStale: SyntaxNode("refresh", "stale")
    case .export(let export): export.syntax
    case .describe(let subject): subject.syntax
    case .create(let definition): definition.syntax
    case .alter(let segment, let change):
      SyntaxNode("alter segment", "", [segment.syntax, change.syntax])
    case .drop(let list): SyntaxNode("drop segment", "", list.map(\.syntax))
    case .load(let load): load.syntax
    case .open(let path): SyntaxNode("open", path.text)
    case .save(let path): SyntaxNode("save", path?.text ?? "")
    case .saveSession(let path): SyntaxNode("save session", path.text)
    case .undo: SyntaxNode("undo")
    case .forget(let customer): SyntaxNode("forget customer", "", [customer.syntax])
    case .help(let topic): SyntaxNode("help", topic)
    case .set(let name, let value):
      SyntaxNode(
        "set", name?.text ?? "", value.map { [SyntaxNode("value", $0.text.text)] } ?? [])
    case .toggle(let habit, let state):
      SyntaxNode(
        "toggle", [habit.rawValue, state?.rawValue].compactMap { $0 }.joined(separator: " "))
    case .source(let path, let arguments):
      SyntaxNode(
        "source", path.text, arguments.map { SyntaxNode($0.name.text, "", [$0.value.syntax]) })
    case .echo(let parts): SyntaxNode("echo", "", parts.map(\.syntax))
    case .assert(let condition, let message):
      SyntaxNode(
        "assert", "", [condition.syntax] + (message.map { [SyntaxNode("message", $0.text)] } ?? []))
    case .param(let name, let value):
      SyntaxNode("param", name.text, value.map { [$0.syntax] } ?? [])
    case .assign(let name, let value): SyntaxNode("let", name.text, [value.syntax])
    case .loop(let loop): loop.syntax
    case .conditional(let conditional): conditional.syntax
    case .explain(let statement, let isAnalyzed):
      SyntaxNode("explain", isAnalyzed ? "analyze" : "", [statement.syntax])
    case .watch(let every, let statement):
      SyntaxNode("watch", Literal.duration(every).text, [statement.syntax])
    case .shell(let command): SyntaxNode("shell", command.text)
    case .history: SyntaxNode("history")
    case .page(let move): move.syntax
    case .last: SyntaxNode("last")
    case .edit(let path): SyntaxNode("edit", path?.text ?? "")
    case .quit: SyntaxNode("quit")
    }
  }
}

extension Export {
  fileprivate var syntax: SyntaxNode {
    var query =
      segments.isEmpty
      ? Query(table: "segments") : Query(.overlap(segments), SourceSpan(0, 0))
    query.filter = filter
    query.ordering = ordering
    (query.limit, query.offset, query.sample) = (limit, offset, sample)
    query.output = output
    return SyntaxNode("export", "", query.syntax.children)
  }
}

extension DescribeSubject {
  fileprivate var syntax: SyntaxNode {
    switch self {
    case .tables: SyntaxNode("describe")
    case .load: SyntaxNode("describe load")
    case .table(let name): SyntaxNode("describe", name.text)
    case .segment(let segment): SyntaxNode("describe", "", [segment.syntax])
    }
  }
}

extension SegmentDefinition {
  fileprivate var syntax: SyntaxNode {
    SyntaxNode(
      isReplacing ? "create or replace segment" : "create segment", name.text,
      websites.map { SyntaxNode("for", $0.text) } + (isInactive ? [SyntaxNode("inactive")] : [])
        + (description.map { [SyntaxNode("description", $0.text)] } ?? [])
        + [SyntaxNode("as", "", [rule.syntax])])
  }
}

extension Alteration {
  fileprivate var syntax: SyntaxNode {
    switch self {
    case .rename(let name): SyntaxNode("rename to", name.text)
    case .status(let status): SyntaxNode("set status", status.text)
    case .websites(let names): SyntaxNode("set website", names.map(\.text).joined(separator: ", "))
    case .description(let text): SyntaxNode("set description", text.text)
    case .rule(let rule): SyntaxNode("as", "", [rule.syntax])
    }
  }
}

extension Load {
  fileprivate var syntax: SyntaxNode {
    SyntaxNode(
      isAppend ? "load append" : "load", path.text,
      (table.map { [SyntaxNode("as", $0.text)] } ?? [])
        + columns.map {
          SyntaxNode("column", $0.column.text, [SyntaxNode("header", $0.header.text)])
        }
    )
  }
}

extension Loop {
  fileprivate var syntax: SyntaxNode {
    let rows =
      switch rows {
      case .query(let query): [query.syntax]
      case .values(let values): values.map(\.syntax)
      case .variable(let name): [SyntaxNode("variable", "$" + name.text)]
      }
    return SyntaxNode(
      "for", name.text,
      [SyntaxNode("in", "", rows), SyntaxNode("do", "", body.map(\.syntax))])
  }
}

extension Conditional {
  fileprivate var syntax: SyntaxNode {
    SyntaxNode(
      "if", "",
      [condition.syntax, SyntaxNode("then", "", body.map(\.syntax))]
        + (otherwise.isEmpty ? [] : [SyntaxNode("else", "", otherwise.map(\.syntax))]))
  }
}

extension PageMove {
  fileprivate var syntax: SyntaxNode {
    switch self {
    case .next: SyntaxNode("next")
    case .previous: SyntaxNode("prev")
    case .number(let number): SyntaxNode("page", String(number))
    }
  }
}

import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords

// create, alter and drop.
extension Session {
  /// `create segment 'VIP' as …`; says which segment there is now.
  func create(
    _ definition: SegmentDefinition, in source: SourceText
  ) throws(ShellError) -> Answered {
    let name = try text(definition.name)
    var segments = catalog.segments
    let rule = try rule(definition.rule, in: source)
    let same = segments.indices.filter { segments[$0].name.lowercased() == name.lowercased() }
    guard !name.isEmpty else {
      throw .diagnostic(
        Diagnostic(code: "no-name", "a segment needs a name", at: definition.name.span))
    }
    if !definition.isReplacing, let place = same.first {
      throw .diagnostic(
        Diagnostic(
          code: "segment-exists", "segment \(segments[place].id) is called '\(name)' already",
          at: definition.name.span, help: "write 'create or replace segment', or take another name")
      )
    }
    guard same.count <= 1 else {
      throw .diagnostic(
        Diagnostic(
          code: "ambiguous-segment", "several segments are called '\(name)'",
          at: definition.name.span,
          help: "change one by its id: alter segment \(segments[same[0]].id) as …"))
    }
    let place = same.first ?? segments.count
    if same.isEmpty {
      let id = segments.nextID
      segments.append(Segment(id: id, name: name, isActive: true, websites: []))
    }
    segments[place].name = name
    segments[place].isActive = !definition.isInactive
    segments[place].websites = try websites(definition.websites, in: source)
    segments[place].description = try definition.description.map { (t) throws(ShellError) in
      try text(t)
    }
    try change(&segments, place, to: rule, at: definition.rule.span)
    return same.isEmpty
      ? ("segment \(segments[place].id) created", "refresh \(segments[place].id) finds its members")
      : Self.changed(segments[place], "was replaced")
  }

  /// `segment 5 has a new rule`, and that its members are not those of the rule any more.
  private static func changed(_ segment: Segment, _ what: String) -> Answered {
    let refresh = segment.members == nil ? "finds its members" : "brings its members up to date"
    return ("segment \(segment.id) \(what)", "refresh \(segment.id) \(refresh)")
  }

  func alter(
    _ expression: SegmentExpression, _ change: Alteration, in source: SourceText
  ) throws(ShellError) -> Answered {
    let places = try places([expression])
    guard let place = places.first, places.count == 1 else {
      throw .diagnostic(
        Diagnostic(
          code: "one-segment", "one segment is altered at a time", at: expression.span))
    }
    var segments = catalog.segments
    let id = segments[place].id
    let answered: Answered
    switch change {
    case .rename(let name):
      try refuseRenaming(place, expression.span)
      let new = try text(name)
      if let other = segments.firstIndex(where: { $0.name.lowercased() == new.lowercased() }),
        other != place
      {
        throw .diagnostic(
          Diagnostic(
            code: "segment-exists", "segment \(segments[other].id) is called '\(new)' already",
            at: name.span))
      }
      segments[place].name = new
      answered = ("segment \(id) is called '\(new)' now", nil)
    case .status(let status):
      switch status.text.lowercased() {
      case "active": segments[place].isActive = true
      case "inactive": segments[place].isActive = false
      default:
        throw .diagnostic(
          Diagnostic(
            code: "wrong-value", "a status is active or inactive", at: status.span))
      }
      answered = ("segment \(id) is \(status.text.lowercased()) now", nil)
    case .websites(let names):
      segments[place].websites = try websites(names, in: source)
      segments[place].markStale("its websites changed after the last refresh")
      answered =
        segments[place].rule == nil
        ? ("segment \(id) has other websites now", nil)
        : Self.changed(segments[place], "has other websites now")
    case .description(let text):
      segments[place].description = try self.text(text)
      answered = ("segment \(id) has a new description", nil)
    case .rule(let condition):
      try self.change(&segments, place, to: try rule(condition, in: source), at: condition.span)
      answered = Self.changed(segments[place], "has a new rule")
    }
    catalog.update(segments)
    return answered
  }

  func drop(_ list: [SegmentExpression]) throws(ShellError) -> Answered {
    let places = Set(try places(list))
    let segments = catalog.segments
    let users = catalog.dependencies.users(of: places).filter { !places.contains($0) }
    if let user = users.first,
      let first = catalog.dependencies.named[user].intersection(places).min()
    {
      throw .diagnostic(
        Diagnostic(
          code: "segment-in-use",
          "segment \(segments[first].id) '\(segments[first].name)' is used by "
            + users.filter { catalog.dependencies.named[$0].contains(first) }
            .map { "\(segments[$0].id) '\(segments[$0].name)'" }.joined(separator: ", "),
          at: list.first?.span, help: "alter or drop these first"))
    }
    catalog.update(segments.indices.filter { !places.contains($0) }.map { segments[$0] })
    let ids = places.map { segments[$0].id }.sorted()
    catalog.selected.subtract(ids)
    let noun = ids.count == 1 ? "segment" : "segments"
    return (
      "\(noun) \(ids.map(String.init).joined(separator: ", ")) dropped",
      "undo brings \(ids.count == 1 ? "it" : "them") back"
    )
  }

  private func websites(
    _ names: [Template], in source: SourceText
  ) throws(ShellError) -> [String] {
    var all: [String] = []
    let known = knownWebsites
    for name in names {
      let website = try text(name)
      if !known.isEmpty, !known.contains(where: { $0.lowercased() == website.lowercased() }) {
        tell(
          Diagnostic(
            .warning, code: "unknown-value", "no customer has '\(website)' as its website",
            at: name.span,
            help: Suggestion.nearest(to: website, in: known).map { "did you mean '\($0)'?" }
              ?? "there are \(known.joined(separator: ", "))"), in: source)
      }
      if !all.contains(website) { all.append(website) }
    }
    return all
  }

  /// Those that customers have.
  private var knownWebsites: [String] {
    guard let customers = catalog.store.customers, let column = customers.column(named: "website"),
      let dictionary = customers.columns[column].values.dictionary
    else { return [] }
    return (0..<dictionary.count).map { dictionary[$0] }.filter { !$0.isEmpty }.sorted()
  }

  /// The condition as it is kept: in one line, with what its variables stood for.
  private func rule(_ condition: Expression, in source: SourceText) throws(ShellError) -> String {
    // Whether it is known who is in the segments that it names matters when it is refreshed.
    catalog.isChecking = true
    defer { catalog.isChecking = false }
    let planned = try self.planned { () throws(Diagnostic) in
      try Planner.rule(condition, source, catalog)
    }
    for warning in planned.warnings { tell(warning, in: source) }
    return try self.planned { () throws(Diagnostic) in
      try Formatter.condition(source, condition.span) { (name) throws(Diagnostic) in
        try catalog.variables.literals(of: name)
      }
    }
  }

  /// Gives a segment another rule, unless it would depend on itself.
  private func change(
    _ segments: inout [Segment], _ place: Int, to rule: String, at span: SourceSpan
  ) throws(ShellError) {
    if let chain = chain(from: rule, to: place, in: segments, seen: []) {
      let names = ([place] + chain).map { "\(segments[$0].id) '\(segments[$0].name)'" }
      throw .diagnostic(
        Diagnostic(
          code: "segment-cycle", "the segment would depend on itself", at: span,
          help: names.joined(separator: " → ")))
    }
    (segments[place].rule, segments[place].obstacle) = (rule, nil)
    segments[place].markStale("its rule changed after the last refresh")
    catalog.update(segments)
  }

  /// The places through which a rule comes to depend on the segment at `goal`; nil if it does not.
  private func chain(
    from rule: String, to goal: Int, in segments: [Segment], seen: Set<Int>
  ) -> [Int]? {
    for next in Planner.segments(namedIn: rule, catalog).sorted() where !seen.contains(next) {
      if next == goal { return [next] }
      guard let inner = segments[next].rule,
        let rest = chain(from: inner, to: goal, in: segments, seen: seen.union([next]))
      else { continue }
      return [next] + rest
    }
    return nil
  }

  /// A rule that names the segment would lose it.
  private func refuseRenaming(_ place: Int, _ span: SourceSpan) throws(ShellError) {
    let name = catalog.segments[place].name
    let users = catalog.segments.filter { segment in
      Planner.names(in: segment.rule ?? "").contains { $0.lowercased() == name.lowercased() }
    }
    guard !users.isEmpty else { return }
    throw .diagnostic(
      Diagnostic(
        code: "segment-in-use",
        "the rules of \(users.map { "\($0.id) '\($0.name)'" }.joined(separator: ", ")) name '\(name)'",
        at: span, help: "let them say 'in \(catalog.segments[place].id)' first"))
  }
}

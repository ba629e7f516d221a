// What a user reads about a verdict.
extension Judgement {
  /// `named orders.csv; order_id, customer_id and total match`
  func reason(for file: Int, _ shapes: [TableShape]) -> String {
    let (sheet, finding) = (sheets[file], findings[file])
    let name = finding.name
    switch finding.role {
    case .leftOut: return "skipped: it has no columns"
    case .segment(let segment):
      return "a drill-down export of the report: the members of the segment '\(segment)'"
    case .moreRows: return "more rows of \(name): \(matching(file))"
    case .moreColumns: return "more columns of \(name), by its ids"
    case .table: break
    }
    switch finding.certainty {
    case .chosen: return "loaded as \(name)"
    case .exactName, .name:
      return (["named \(sheet.title)", matching(file)] + byOtherColumns(file, shapes))
        .joined(separator: "; ")
    case .columns: return "its columns are those of \(name): \(matching(file))"
    case .own: return own(file, shapes)
    }
  }

  /// `order_id, customer_id and total match`
  private func matching(_ file: Int) -> String {
    let (sheet, finding) = (sheets[file], findings[file])
    let telling = finding.kind.columns.filter { $0.weight > 0 && finding.fit.has([[$0.name]]) }
    let found = (telling.isEmpty ? finding.kind.columns : telling)
      .flatMap { column -> [Int] in
        if let index = finding.fit.columns[column.name] { return [index] }
        return finding.fit.implied.contains(column.name) ? sheet.nameParts : []
      }.map { sheet.glimpse.header[$0] }
    if found.isEmpty {
      return finding.kind.columns.isEmpty ? "the same columns" : "no known column"
    }
    return found.prefix(4).map { $0 }.listed + (found.count == 1 ? " matches" : " match")
  }

  /// `customer links it to customers by name`, where the link is by no id.
  private func byOtherColumns(_ file: Int, _ shapes: [TableShape]) -> [String] {
    shapes[file].links.compactMap { link in
      guard case .column(let name) = link.key else { return nil }
      return "\(sheets[file].glimpse.header[link.column]) links it to \(link.table) by \(name)"
    }
  }

  private func own(_ file: Int, _ shapes: [TableShape]) -> String {
    let links = shapes[file].links.map { link in
      "\(sheets[file].glimpse.header[link.column]) links it to \(link.table)"
    }
    let lost = findings[file].lost.first { $0.claim.rank.certainty <= .columns }
    let other = lost.flatMap { lost in
      lost.to.map { "\(sheets[$0].title) is \(lost.claim.kind.name)" }
    }
    return (["a table of its own"] + (other.map { [$0] } ?? []) + links).joined(separator: "; ")
  }

  /// A question where two readings are close, the one that was taken first.
  func doubt(about file: Int) -> Verdict.Doubt? {
    let (sheet, finding) = (sheets[file], findings[file])
    // No statement names one of several sheets.
    guard sheet.glimpse.sheet == nil else { return nil }
    func reading(_ table: String, _ meaning: String) -> Verdict.Doubt.Reading {
      .init(meaning: meaning, statement: sheet.statement(table))
    }
    let own = finding.certainty == .own ? finding.name : sheet.words.key
    let byItself = reading(own, "a table of its own, \(own)")
    if let tie = finding.tie, finding.certainty == .own {
      let kind = tie.claim.kind.name
      return .init(
        question: "are \(sheet.title) or \(sheets[tie.with].title) the \(kind)?",
        readings: [byItself, reading(kind, "the \(kind)")])
    }
    if finding.certainty == .own, let lost = finding.lost.first, let owner = lost.to,
      case let claim = lost.claim, claim.rank.certainty <= .name,
      claim.match?.score ?? 0 >= 90 || sheet.resembles(sheets[owner])
    {
      let kind = claim.kind.name
      return .init(
        question: "is \(sheet.title) more rows of \(kind), besides \(sheets[owner].title)?",
        readings: [byItself, reading("\(kind) append", "more rows of \(kind)")])
    }
    if finding.certainty == .own, let lost = finding.lost.first(where: { $0.to == nil }),
      lost.claim.kind.name == "orders", !existing.contains(where: { $0.name == "orders" })
    {
      return .init(
        question: "is \(sheet.title) the orders?",
        readings: [byItself, reading("orders", "the orders")])
    }
    guard finding.certainty == .columns, finding.match == nil, finding.role == .table,
      finding.linesOf == nil,
      !sheet.words.core.isEmpty
    else { return nil }
    return .init(
      question: "is \(sheet.title) the \(finding.name)?",
      readings: [reading(finding.name, "the \(finding.name)"), byItself])
  }
}

extension [String] {
  /// `a, b and c`
  var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}

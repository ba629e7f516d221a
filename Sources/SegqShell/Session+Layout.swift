import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords

// `layout adobe`: the report's own columns, as the Admin shows and writes them.
extension Session {
  /// The layout that an output asks for; only what the report shows has one.
  func layout(of output: Output, for query: Query) throws(ShellError) -> ReportLayout? {
    guard let name = output.layout else { return nil }
    guard name.text.lowercased() == ReportLayout.name else {
      throw .diagnostic(
        Diagnostic(
          code: "unknown-layout", "there is no layout '\(name.text)'", at: name.span,
          help: "there is '\(ReportLayout.name)'"))
    }
    if let layout = Self.layout(of: query.subject) { return layout }
    throw .diagnostic(
      Diagnostic(
        code: "layout-of-report",
        "'layout \(ReportLayout.name)' has the columns of the report, and this has others",
        at: name.span,
        help: "it fits 'export', 'drill', 'select customers' and 'select segments'"))
  }

  private static func layout(of subject: Query.Subject) -> ReportLayout? {
    switch subject {
    case .drill: .customers
    case .table(let name):
      switch name.text.lowercased() {
      case "customers": .customers
      case "segments": .segments
      default: nil
      }
    case .overlap, .compare, .profile, .why, .drift, .growth, .columns: nil
    }
  }

  /// Tells once of what the Admin would show and the data has not.
  func tellEmptyColumns(of layout: ReportLayout, in answer: Answer) {
    let missing = layout.missingHeaders(in: answer.schema)
    if !missing.isEmpty {
      let names = missing.map { "'\($0)'" }
      let list =
        names.count == 1
        ? names[0] : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
      tell(
        Diagnostic(
          .warning, code: "empty-columns",
          "\(list) \(names.count == 1 ? "stays" : "stay") empty: customers has no such "
            + (names.count == 1 ? "column" : "columns")), in: nil)
    }
    if hasNumberedGroups(answer) {
      tell(
        Diagnostic(
          .warning, code: "numbered-groups",
          "the groups are numbers in the data, where the Admin writes their names"), in: nil)
    }
  }

  /// Whether the groups of customers came as ids: all of them numbers.
  private func hasNumberedGroups(_ answer: Answer) -> Bool {
    guard answer.schema.fields.contains(where: { $0.name == "group" && $0.type == .text }),
      let customers = catalog.store.customers, let column = customers.column(named: "group")
    else { return false }
    let values = customers.columns[column].values
    if values.numbers != nil { return true }
    let groups =
      values.dictionary.map { names in (0..<names.count).map { Value.text(names[$0]) } }
      ?? (0..<values.count).map { values[$0] }
    let names = groups.compactMap { if case .text(let name) = $0 { name } else { nil } }
    return names.contains { !$0.isEmpty }
      && names.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }

  /// Tells that a sheet is longer than spreadsheets are: the layout has one only.
  func tellLongSheet(_ form: WrittenForm, _ rows: Int) {
    guard form.layout != nil, form.format == .xml, rows > ReportLayout.rowsOfSheet else { return }
    tell(
      Diagnostic(
        .warning, code: "long-sheet",
        "the layout has one sheet: of its \(rows) rows Excel opens \(ReportLayout.rowsOfSheet)",
        help: "as csv, or without 'layout'"), in: nil)
  }
}

import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords

// Extracts of Adobe Commerce's tables: conditions become rules, and codes what stands for them.
extension StoreLoader {
  /// What the codes of a database mean in the store.
  struct Codes {
    var context = RuleContext()

    /// A website as customers have it: by its number, or by the name or code that it has.
    func website(_ id: String) -> String { context.labels["website"]?[id] ?? id }
  }

  /// A condition of a segment that has not become a rule.
  struct Doubt {
    let line: Int
    let segment: Int
    let reason: String
    let isUnreadable: Bool
  }

  /// Looks which columns there are, and in which of the customers' labels stand for codes.
  func codes(
    among files: [String: File], _ customers: Table?
  ) throws(ShellError) -> Codes {
    var codes = Codes()
    for (name, file) in files {
      codes.context.columns[name] = Set(file.shape.columns.map(\.name))
    }
    if let customers {
      codes.context.columns["customers"] = Set(customers.columns.map(\.field.name))
    }
    for (column, labels) in RuleContext.defaultLabels where customers?.hasLabels(column) ?? false {
      codes.context.labels[column] = labels
    }
    if customers?.hasLabels("group") ?? false, let file = files["customer_group"] {
      let own = try labels(file, code: "customer_group_id", ["customer_group_code"], nil)
      codes.context.labels["group"]?.merge(own) { $1 }
    }
    if customers?.hasLabels("website") ?? false, let file = files["store_website"] {
      codes.context.labels["website"] = try labels(
        file, code: "website_id", ["name", "code"], customers?.values(of: "website"))
    }
    if let file = files["directory_country_region"] {
      codes.context.labels["region"] = try labels(file, code: "region_id", ["default_name"], nil)
    }
    return codes
  }

  /// What a small table calls each of its codes: the first of the columns that has one of the names
  /// that are used, or just the first.
  private func labels(
    _ file: File, code: String, _ columns: [String], _ used: Set<String>?
  ) throws(ShellError) -> [String: String] {
    let sheet = try sheet(file.path, file.shape, wishes: file.shape.columns.map { _ in .text })
    var labels: [String: String] = [:]
    for row in 0..<sheet.document.rowCount {
      let names = columns.compactMap { sheet.text($0, row) }
      let name = names.first { used?.contains($0.lowercased()) ?? true } ?? names.first
      if let code = sheet.text(code, row), let name { labels[code] = name }
    }
    return labels
  }

  /// Adds the websites that a table of their own names.
  func addWebsites(
    _ file: File?, _ codes: Codes, to segments: inout [Segment]
  ) throws(ShellError) {
    guard let file else { return }
    let sheet = try sheet(file.path, file.shape, wishes: file.shape.columns.map { _ in .text })
    var rejected = RejectedRows(sheet.document)
    for row in 0..<sheet.document.rowCount {
      let id = sheet.text("segment", row)
      guard let place = segments.firstIndex(where: { String($0.id) == id }),
        let website = sheet.text("website", row)
      else {
        rejected.add(
          line: sheet.document.line(ofRow: row), "there is no segment '\(id ?? "")', or no website")
        continue
      }
      let name = codes.website(website)
      if !segments[place].websites.contains(name) { segments[place].websites.append(name) }
    }
    try tell(rejected, of: sheet)
  }

  /// Gives the segment the rule that its conditions are, unless it has one.
  func translate(
    _ sheet: Sheet, _ row: Int, to segment: inout Segment, _ context: RuleContext,
    _ doubts: inout [Doubt]
  ) {
    guard segment.rule == nil, let text = sheet.text("conditions", row) else { return }
    let line = sheet.document.line(ofRow: row)
    func doubt(_ reason: String, isUnreadable: Bool = false) {
      doubts.append(
        Doubt(line: line, segment: segment.id, reason: reason, isUnreadable: isUnreadable))
    }
    do throws(SerializedError) {
      let translation = try AdobeRules(context).translation(of: text)
      segment.rule = translation.rule
      if let first = translation.unknown.first {
        let others = translation.unknown.count - 1
        doubt(
          "segq does not know the condition '\(first)'"
            + (others > 0 ? " (and \(others) more)" : ""))
      }
    } catch {
      segment.rule =
        AdobeRules.placeholder("unreadable, \(error.message)").rule
      doubt("its conditions can't be read: \(error.message)", isUnreadable: true)
    }
  }

  /// Tells of conditions that did not become rules: the first by line, then how many segments have
  /// such; or stops at the first that could not be read.
  func tell(_ doubts: [Doubt], of sheet: Sheet) throws(ShellError) {
    func text(_ doubt: Doubt) -> String {
      "\(sheet.path):\(doubt.line): segment \(doubt.segment): \(doubt.reason)"
    }
    if stopsOnBadRow, let first = doubts.first(where: \.isUnreadable) {
      throw .diagnostic(
        Diagnostic(
          code: "unknown-condition", text(first),
          help: "without '--on-bad-row stop' such segments are loaded, and are unavailable"))
    }
    let told = 5
    for doubt in doubts.prefix(told) {
      warn(Diagnostic(.warning, code: "unknown-condition", text(doubt)))
    }
    guard doubts.count > told else { return }
    warn(
      Diagnostic(
        .warning, code: "unknown-condition",
        "\(sheet.path): \(doubts.count) segments have conditions that did not become rules",
        help: "select id, segment, reason from segments where freshness = unavailable"))
  }
}

extension Table {
  /// The values of a column in small letters: all where they are few, else those of the first rows.
  fileprivate func values(of name: String) -> Set<String> {
    guard let column = column(named: name) else { return [] }
    let values = columns[column].values
    if let dictionary = values.dictionary {
      return Set((0..<dictionary.count).map { dictionary[$0].lowercased() })
    }
    let texts = (0..<min(rowCount, 1000)).compactMap { row -> String? in
      guard case .text(let text) = values[row] else { return nil }
      return text.lowercased()
    }
    return Set(texts)
  }

  /// Whether words stand in a column rather than numbers.
  fileprivate func hasLabels(_ name: String) -> Bool {
    values(of: name).contains { Int($0) == nil }
  }
}

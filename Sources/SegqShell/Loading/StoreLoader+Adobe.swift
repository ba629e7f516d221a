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
    var websites = Websites()

    /// A website as customers have it: by its number, or by the name or code that it has.
    func website(_ id: String) -> String { websites.asUsed(id) }
  }

  /// The rows of `store_website`, and what customers call their websites.
  struct Websites {
    /// Of each website its names: id, code and name.
    var rows: [[String]] = []
    /// Those that customers have, in small letters.
    var used: Set<String> = []
    /// The websites of segments by a table of their own, by the segment's id.
    var ofSegments: [String: [String]] = [:]

    /// All names of the website that has this one.
    func names(of website: String) -> [String] {
      let own = rows.first { row in
        row.contains { $0.lowercased() == website.lowercased() }
      }
      return own ?? [website]
    }

    /// The name that customers have for a website. One that no customer has is called as the others are.
    func asUsed(_ website: String) -> String {
      let names = names(of: website)
      if let name = names.last(where: { used.contains($0.lowercased()) }) { return name }
      guard !used.isEmpty else { return website }
      return (used.contains { Int($0) == nil } ? names.last : names.first) ?? website
    }
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
    _ plan: LoadPlan, _ customers: Table?
  ) throws(ShellError) -> Codes {
    var codes = Codes()
    for recipe in plan.recipes {
      codes.context.columns[recipe.name] = Set(recipe.shape.columns.map(\.name))
    }
    if let customers {
      codes.context.columns["customers"] = Set(customers.columns.map(\.field.name))
    }
    for (column, labels) in RuleContext.defaultLabels where customers?.hasLabels(column) ?? false {
      codes.context.labels[column] = labels
    }
    if customers?.hasLabels("group") ?? false, let file = plan.item(named: "customer_group") {
      let own = try labels(file, code: "customer_group_id", "customer_group_code")
      codes.context.labels["group"]?.merge(own) { $1 }
    }
    codes.websites = try websites(plan, customers)
    codes.context.labels["website"] = Dictionary(
      codes.websites.rows.compactMap { row in
        row.first.map { ($0, codes.websites.asUsed($0)) }
      }, uniquingKeysWith: { first, _ in first })
    if let file = plan.item(named: "directory_country_region") {
      codes.context.labels["region"] = try labels(file, code: "region_id", "default_name")
    }
    return codes
  }

  /// What a small table calls each of its codes.
  private func labels(
    _ item: LoadItem, code: String, _ name: String
  ) throws(ShellError) -> [String: String] {
    let sheet = try textSheet(item)
    var labels: [String: String] = [:]
    for row in 0..<sheet.document.rowCount {
      if let code = sheet.text(code, row), let name = sheet.text(name, row) { labels[code] = name }
    }
    return labels
  }

  /// What websites are called, and which segments have which.
  private func websites(
    _ plan: LoadPlan, _ customers: Table?
  ) throws(ShellError) -> Websites {
    var websites = Websites()
    websites.used = customers?.values(of: "website") ?? []
    if let item = plan.item(named: "store_website") {
      let sheet = try textSheet(item)
      websites.rows = (0..<sheet.document.rowCount).map { row in
        ["website_id", "code", "name"].compactMap { sheet.text($0, row) }
      }
    }
    if let item = plan.item(named: "segment_websites") {
      let sheet = try textSheet(item)
      for row in 0..<sheet.document.rowCount {
        guard let segment = sheet.text("segment", row), let website = sheet.text("website", row)
        else { continue }
        websites.ofSegments[segment, default: []].append(website)
      }
    }
    return websites
  }

  /// Adds the websites that a table of their own names.
  func addWebsites(
    _ item: LoadItem?, _ codes: Codes, to segments: inout [Segment]
  ) throws(ShellError) {
    guard let item else { return }
    let sheet = try textSheet(item)
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
    try tell(rejected, of: sheet.item, among: sheet.document.rowCount)
  }

  /// Gives the segment the rule that its conditions are, unless it has one, and its websites the names
  /// that customers have for them.
  func translate(
    _ sheet: Sheet, _ row: Int, to segment: inout Segment, _ codes: Codes, _ doubts: inout [Doubt]
  ) {
    let written = segment.websites + (codes.websites.ofSegments[String(segment.id)] ?? [])
    segment.websites = segment.websites.map { codes.website($0) }
    var context = codes.context
    context.websites = written.flatMap { codes.websites.names(of: $0) }.unique
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
      "\(sheet.item.place(doubt.line)): segment \(doubt.segment): \(doubt.reason)"
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
        "\(sheet.item.name): \(doubts.count) segments have conditions that did not become rules",
        help: "select id, segment, reason from segments where freshness = unavailable"))
  }
}

extension [String] {
  /// Each once, in their order.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
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

  /// Whether rows have words in a column rather than numbers: `General` and not `1`.
  fileprivate func hasLabels(_ name: String) -> Bool {
    values(of: name).contains { !$0.isEmpty && Int($0) == nil }
  }
}

import SegqRecords

extension Store {
  /// The segments as a table: the report grid, with the ticks of its Select column. `obstacle` tells why
  /// the rule of the segment at a place can't be evaluated.
  public static func grid(
    _ segments: [Segment], selected: Set<Int>, obstacle: (Int) -> String?
  ) -> Table {
    func column(
      _ name: String, _ header: String, _ type: DataType, isTickBox: Bool = false,
      isList: Bool = false, isShown: Bool = true, legal: [String] = [],
      _ value: (Segment) -> Value
    ) -> Column {
      var column = Column(
        Field(name: name, header: header, type: type, isTickBox: isTickBox),
        DictionaryEncoder.encode(ColumnVector(segments.map(value), type: type)), isList: isList,
        isShown: isShown)
      column.legalValues = legal
      return column
    }
    func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
    let columns = [
      column("selected", "Select", .boolean, isTickBox: true) {
        .boolean(selected.contains($0.id))
      },
      column("id", "ID", .integer) { .integer(Int64($0.id)) },
      column("segment", "Segment", .text) { .text($0.name) },
      column("status", "Status", .text, legal: ["Active", "Inactive"]) { .text($0.isActive ? "Active" : "Inactive") },
      column("website", "Website", .text, isList: true) {
        $0.websites.isEmpty ? .null : .text($0.websites.joined(separator: ", "))
      },
      column("customers", "Customers", .integer) {
        $0.memberCount.map { .integer(Int64($0)) } ?? .null
      },
      column("description", "Description", .text, isShown: false) { text($0.description) },
      column("apply_to", "Apply To", .text, isShown: false) { text($0.applyTo) },
      column("rule", "Rule", .text, isShown: false) { text($0.rule) },
      column("refreshed", "Refreshed", .datetime, isShown: false) {
        $0.refreshed.map { .datetime($0) } ?? .null
      },
      column(
        "freshness", "Freshness", .text, isShown: false,
        legal: Segment.Freshness.allCases.map(\.rawValue)
      ) { .text($0.freshness.rawValue) },
    ]
    let reasons = segments.enumerated().map { text($1.reason(obstacle($0))) }
    let reason = Column(
      Field(name: "reason", header: "Reason", type: .text),
      DictionaryEncoder.encode(ColumnVector(reasons, type: .text)), isShown: false)
    return Table(
      name: "segments", columns: columns + [reason], rowCount: segments.count,
      aliases: ["select": 0, "name": 2],
      idColumn: columns.firstIndex { $0.field.name == "id" })
  }
}

extension Segment {
  /// Why it is not fresh; nil where it is. `obstacle` is what is in the way of its rule.
  public func reason(_ obstacle: String?) -> String? {
    switch freshness {
    case .fresh: nil
    case .stale: staleness ?? outdated
    case .unavailable: rule == nil ? "it has no rule and no members" : obstacle ?? "never refreshed"
    }
  }
}

import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords

extension Session {
  func describe(_ subject: DescribeSubject, in source: SourceText) throws(ShellError) {
    switch subject {
    case .tables: try describeTables()
    case .load: try describeLoad()
    case .table(let name): try describe(name)
    case .segment(let expression): try describe(expression)
    }
  }

  private func describeTables() throws(ShellError) {
    var rows: [[Value]] = []
    for name in catalog.tableNames {
      let table = try planned { () throws(Diagnostic) in try catalog.table(name) }
      rows.append([
        .text(name), .integer(Int64(table.rowCount)), .integer(Int64(table.columns.count)),
        table.parent.map { .text($0.table.name) } ?? .null,
      ])
    }
    if !rows.isEmpty {
      let grid = catalog.grid
      rows.append([
        .text("segments"), .integer(Int64(grid.rowCount)), .integer(Int64(grid.columns.count)),
        .null,
      ])
    }
    let schema = Schema([
      Field(name: "table", header: "table", type: .text),
      Field(name: "rows", header: "rows", type: .integer),
      Field(name: "columns", header: "columns", type: .integer),
      Field(name: "parent", header: "parent", type: .text),
    ])
    try deliver(try run(.rows(rows, schema)), to: Output())
  }

  private func describe(_ name: Identifier) throws(ShellError) {
    let table = try table(toDescribe: name)
    var rows: [[Value]] = []
    for (i, column) in table.columns.enumerated() {
      let aliases = table.aliases.filter { $0.value == i && $0.key != column.field.name }
      rows.append(
        try row(
          of: column, .column(i, column.values.type), table, aliases.keys.sorted()))
    }
    for column in try computedColumns(of: table) {
      rows.append(try row(of: column, .computed(level: 0, column), table, []))
    }
    let schema = Schema([
      Field(name: "column", header: "column", type: .text),
      Field(name: "header", header: "header", type: .text),
      Field(name: "type", header: "type", type: .text),
      Field(name: "nulls", header: "nulls", type: .integer),
      Field(name: "distinct", header: "distinct", type: .integer),
      Field(name: "aliases", header: "aliases", type: .text),
      Field(name: "evidence", header: "evidence", type: .text),
    ])
    try deliver(try run(.rows(rows, schema)), to: Output())
  }

  func table(toDescribe name: Identifier) throws(ShellError) -> Table {
    let wanted = name.text.lowercased()
    let known = catalog.tableNames + (catalog.tableNames.isEmpty ? [] : ["segments"])
    guard known.contains(wanted) || wanted == "_" else {
      throw .diagnostic(
        Diagnostic(
          code: "unknown-table", "there is no table '\(name.text)'", at: name.span,
          help: Suggestion.nearest(to: name.text, in: known).map { "did you mean '\($0)'?" }
            ?? "'describe' lists them"))
    }
    return try planned { () throws(Diagnostic) in
      switch wanted {
      case "segments": catalog.grid
      case "_": try catalog.lastResult()
      default: try catalog.table(wanted)
      }
    }
  }

  /// What is worked out when it is asked for: the RFM scores of customers, where there are orders.
  private func computedColumns(of table: Table) throws(ShellError) -> [Column] {
    guard table.name == "customers", catalog.parent(of: "orders") == "customers" else { return [] }
    var columns: [Column] = []
    for name in RFM.columnNames {
      let column = try planned { () throws(Diagnostic) in
        try catalog.computedColumn(name, of: table)
      }
      if let column { columns.append(column) }
    }
    return columns
  }

  private func row(
    of column: Column, _ values: BoundExpression, _ table: Table, _ aliases: [String]
  ) throws(ShellError) -> [Value] {
    [
      .text(column.field.name), .text(column.field.header), .text(column.values.type.rawValue),
      .integer(Int64(column.values.nulls?.setCount ?? 0)),
      .integer(try distinctCount(values, table)),
      aliases.isEmpty ? .null : .text(aliases.joined(separator: ", ")),
      column.evidence.map { .text($0) } ?? .null,
    ]
  }

  private func distinctCount(
    _ values: BoundExpression, _ table: Table
  ) throws(ShellError) -> Int64 {
    let field = Field(name: "n", header: "n", type: .integer)
    let plan = QueryPlan(
      .aggregate(
        .scan(table, nil), keys: [],
        figures: [(field, Aggregate(.countDistinct, over: [], of: values))]),
      showing: [NamedExpression(field, .column(0, .integer))])
    let value = try planned { () throws(Diagnostic) in try catalog.scalar(plan) }
    return value.number ?? 0
  }

  private func describe(_ expression: SegmentExpression) throws(ShellError) {
    for place in try places([expression]) {
      let segment = catalog.segments[place]
      let count = segment.memberCount.map { Value.integer(Int64($0)) } ?? .null
      let reason = segment.reason(catalog.obstacle(toSegmentAt: place)?.reason)
      let rows: [(String, Value)] = [
        ("id", .integer(Int64(segment.id))),
        ("segment", .text(segment.name)),
        ("status", .text(segment.isActive ? "Active" : "Inactive")),
        (
          "website",
          segment.websites.isEmpty ? .null : .text(segment.websites.joined(separator: ", "))
        ),
        ("description", segment.description.map { .text($0) } ?? .null),
        ("apply to", segment.applyTo.map { .text($0) } ?? .null),
        ("rule", segment.rule.map { .text($0) } ?? .null),
        ("customers", count),
        ("refreshed", segment.refreshed.map { .datetime($0) } ?? .null),
        ("freshness", .text(segment.freshness.rawValue)),
        ("reason", reason.map { .text($0) } ?? .null),
      ]
      let texts = rows.map { row -> [Value] in
        [.text(row.0), row.1 == .null ? .null : .text(row.1.text(in: settings.zone))]
      }
      let schema = Schema(["property", "value"].map { Field(name: $0, header: $0, type: .text) })
      try deliver(try run(.rows(texts, schema)), to: Output())
    }
  }
}

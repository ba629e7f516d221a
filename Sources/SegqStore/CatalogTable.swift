/// A table of the catalog. Each has a column `checksum` besides, that of its other values.
enum CatalogTable: String, CaseIterable, Sendable {
  /// `version` of the format, `changes` so far, `next_file`, and the `census`.
  case meta
  /// The column files.
  case files
  /// Customers, orders, …
  case tables
  case columns
  case aliases
  case segments
  case websites
  case settings
  /// How many steps are kept of a segment's growth.
  case growth
  /// These steps, which are read when somebody asks, so that the image has none of them.
  case steps
  /// The changes that `undo` takes back, and in the two others the segments that they changed, as they
  /// were before. They are read when somebody undoes one. A workspace of an older program has none of
  /// these tables before the first change.
  case changes
  case past
  case past_steps
  /// How tables are linked by more than an id: by another column, by emails. From version 3.
  case links
  /// Why columns were read as they were. From version 3.
  case evidence

  static let journal: [CatalogTable] = [.changes, .past, .past_steps]

  /// The version of the format that has it first.
  var firstVersion: Int64 {
    switch self {
    case .meta, .files, .tables, .columns, .aliases, .segments, .websites, .settings, .growth,
      .steps,
      .changes, .past, .past_steps:
      2
    case .links, .evidence: 3
    }
  }

  /// The tables of which an image holds the rows. Others have many, and are read when somebody asks.
  static let imaged = allCases.filter { $0 != .steps && !journal.contains($0) }

  /// The columns; the first ``keyCount`` tell the rows apart.
  var columns: [String] {
    switch self {
    case .meta: ["name", "value"]
    case .files: ["number", "length", "digest", "holds"]
    case .tables:
      [
        "name", "place", "rows", "parent", "link_file", "date_column", "id_column", "shown",
        "parent_column",
      ]
    case .columns:
      ["table_name", "place", "name", "header", "type", "is_list", "is_shown", "file"]
    case .aliases: ["table_name", "alias", "place"]
    case .segments:
      [
        "id", "place", "name", "is_active", "description", "apply_to", "rule", "refreshed",
        "staleness", "members", "file",
      ]
    case .websites: ["segment", "place", "website"]
    case .settings: ["name", "value"]
    case .growth: ["segment", "steps"]
    case .steps: Self.stepColumns
    case .changes: ["number", "words", "created"]
    case .past:
      [
        "number", "segment", "name", "is_active", "websites", "description", "apply_to", "rule",
        "refreshed", "staleness", "members", "ids",
      ]
    case .past_steps: ["number"] + Self.stepColumns
    case .links:
      ["table_name", "named_column", "email_column", "website_column", "matches_guests"]
    case .evidence: ["table_name", "place", "evidence"]
    }
  }

  private static let stepColumns = [
    "segment", "place", "at", "customers", "joined", "joins", "leaving", "leaves",
  ]

  var keyCount: Int {
    switch self {
    case .meta, .files, .tables, .segments, .settings, .growth, .changes, .links: 1
    case .columns, .aliases, .websites, .steps, .past, .evidence: 2
    case .past_steps: 3
    }
  }

  /// `create table if not exists files(number, length, digest, holds, checksum, primary key(number))`
  var definition: String {
    "create table if not exists \(rawValue)(\((columns + ["checksum"]).joined(separator: ", ")), "
      + "primary key(\(columns.prefix(keyCount).joined(separator: ", "))))"
  }

  /// Over the table's name and the values of the row.
  func checksum(_ row: [SQLValue]) -> UInt32 {
    var bytes = Array(rawValue.utf8)
    for value in row { value.append(to: &bytes) }
    return Checksum.of(bytes)
  }
}

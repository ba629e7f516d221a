import SegqRecords

/// What the values of a column are, as far as they were read.
enum ValueKind: Sendable, Hashable {
  /// All of them null.
  case nothing
  /// Null, and empty texts, which are null where numbers are meant.
  case empty
  /// Null, and placeholders: `-`, `NULL`.
  case placeholders
  case integer
  case decimal
  case date
  case datetime
  case boolean
  case text

  /// The type of a column of them.
  var type: DataType {
    switch self {
    case .nothing, .text, .placeholders: .text
    case .empty, .integer: .integer
    case .decimal: .decimal
    case .date: .date
    case .datetime: .datetime
    case .boolean: .boolean
    }
  }

  /// Some value is more than a placeholder.
  var hasValues: Bool {
    switch self {
    case .nothing, .empty, .placeholders: false
    case .integer, .decimal, .date, .datetime, .boolean, .text: true
    }
  }
}

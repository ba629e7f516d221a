/// What rules are told in: the columns that the store's tables have, and what stands there for codes.
public struct RuleContext: Sendable {
  /// Names of columns by table; a table that is not there has none.
  public var columns: [String: Set<String>]
  /// What stands in a column in place of Adobe's code: `["group": ["1": "General"]]`. Without, codes
  /// stand there as they are.
  public var labels: [String: [String: String]]
  /// The websites of the segment, by each name, code and id that they have; none where it covers all.
  public var websites: [String] = []

  public init(columns: [String: Set<String>] = [:], labels: [String: [String: String]] = [:]) {
    self.columns = columns
    self.labels = labels
  }

  func has(_ column: String, in table: String) -> Bool { columns[table]?.contains(column) ?? false }

  func label(of code: String, in column: String) -> String { labels[column]?[code] ?? code }

  /// What a new store calls its customer groups and genders.
  public static let defaultLabels: [String: [String: String]] = [
    "group": ["0": "NOT LOGGED IN", "1": "General", "2": "Wholesale", "3": "Retailer"],
    "gender": ["1": "Male", "2": "Female", "3": "Not Specified"],
  ]
}

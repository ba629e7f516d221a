/// What was seen of one sheet of one file: its name, its header and its first rows.
///
///     FileGlimpse(
///       file: "orders_2024.csv", header: ["id", "customer_id", "total"],
///       sample: [["1", "2"], ["7", nil], ["9.50", "12.00"]])
public struct FileGlimpse: Sendable {
  /// The name of the file without its folder: `orders_2024.csv`, `export.xlsx`, `dump/orders.csv.gz`.
  public var file: String
  /// The sheet of a workbook, or the member of an archive, where the file has several.
  public var sheet: String?
  public let header: [String]
  /// For each column of the header its first values, about a thousand; nil is null. May be empty.
  public let sample: [[String?]]
  /// For each column what these look like: most of the work of a judgement, which several cores share so.
  let profiles: [ColumnProfile]
  /// The sample holds every row of the file.
  public var isWhole: Bool
  /// Its bytes are those of the Admin's export of the drill-down (``ReportText/isIn(_:)``), or it is
  /// Excel XML whose worksheet is `customersegment_customers.xml`.
  public var isReport: Bool
  /// What the user said, now or for an earlier file of that ``fingerprint``.
  public var choice: Choice?

  public init(
    file: String, sheet: String? = nil, header: [String], sample: [[String?]] = [],
    isWhole: Bool = true, isReport: Bool = false, choice: Choice? = nil
  ) {
    self.file = file
    self.sheet = sheet
    self.header = header
    self.sample = sample
    profiles = header.indices.map { column in
      ColumnProfile(sample.indices.contains(column) ? sample[column] : [])
    }
    self.isWhole = isWhole
    self.isReport = isReport
    self.choice = choice
  }

  /// `load … as T (column = 'header', …)`; it counts more than what the file looks like.
  public struct Choice: Sendable, Equatable {
    public var table: String?
    /// Headers by the names of the columns that they are.
    public var columns: [String: String]

    public init(table: String? = nil, columns: [String: String] = [:]) {
      self.table = table
      self.columns = columns
    }
  }

  /// Equal for files with the same headers, whatever their case, their order and the file's name:
  /// `customer_id·id·total`. A workspace keeps choices by it.
  public var fingerprint: String {
    header.map { Recognition.key($0) }.sorted().joined(separator: "·")
  }
}

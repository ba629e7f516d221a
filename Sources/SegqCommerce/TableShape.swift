/// What a file of the store holds, told by its name and its header.
public struct TableShape: Sendable {
  /// A column of the file and what it is called in the language.
  public struct Column: Sendable {
    public var name: String
    public var header: String
    public var kind: Kind
    /// Shown by `select TABLE`.
    public var isShown: Bool

    public enum Kind: Sendable {
      /// What fits the values.
      case any
      case text
      case integer
      case decimal
      case time
    }
  }

  /// `customers`, `segments`, `members`, or a child table.
  public var name: String
  /// In the order of the file.
  public var columns: [Column]
  /// Those that `select TABLE` shows, in the order in which it does.
  public var shownColumns: [Int] = []
  /// Other names of columns.
  public var aliases: [String: Int] = [:]
  public var idColumn: Int?
  public var dateColumn: Int?
  /// Columns with the ids of another table's rows, most telling first.
  public var parents: [(table: String, column: Int)] = []
  /// The file is the Admin's own export of the report, or just like it (``ReportText``).
  public var isReport = false

  public func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }
}

/// A table that is known by name: what it is called, its columns and their many headers.
struct KnownTable: Sendable {
  struct KnownColumn: Sendable {
    let name: String
    let header: String
    let kind: TableShape.Column.Kind
    /// Headers in snake case that mean it, the first that a file has counts.
    let headers: [String]
    var isShown = true
  }

  let name: String
  /// Names of files, in snake case.
  let files: [String]
  let columns: [KnownColumn]
  var dateColumn: String?
  /// Tables by whose id the rows hang, with the column.
  var parents: [(table: String, column: String)] = []
  /// A file of another name holds the table when it has all of these columns.
  var signature: [String] = []
}

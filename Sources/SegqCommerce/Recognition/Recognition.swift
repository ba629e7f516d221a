import SegqLanguage

/// Decides what files hold, by their names, headers and values.
public enum Recognition {
  /// What each of the files is, judged together: a file gets what it is the best of, and neither the
  /// order of the files nor the alphabet decides. `existing` are the tables of the store that they
  /// are loaded into. One verdict a glimpse, in the order of the glimpses.
  ///
  ///     customers.csv  ID,Name,Email          → customers
  ///     admins.csv     id,name,email          → a table of its own, admins
  ///     raw_orders.csv id,user_id,order_date  → orders, linked to customers by user_id
  public static func judge(
    _ files: [FileGlimpse], existing: [ExistingTable] = []
  ) -> [Verdict] {
    Judgement(files, existing).verdicts()
  }

  /// The shape of one file by itself, `orders` without folder and ending.
  ///
  /// `table` is what the user says it is, and `columns` names headers for columns: both count more
  /// than what the file looks like.
  public static func shape(
    file name: String, header: [String], table: String? = nil, columns: [String: String] = [:]
  ) -> TableShape {
    let choice = FileGlimpse.Choice(table: table, columns: columns)
    let glimpse = FileGlimpse(file: name, header: header, choice: choice)
    var shape = judge([glimpse])[0].shape
    let customerLinks = shape.parents.filter { $0.table == "customers" }.map(\.column)
    // Ids of customers are whole numbers to those who read a file by itself.
    for (index, column) in shape.columns.enumerated() where column.kind == .id {
      let isCustomer =
        shape.name == "customers" && index == shape.idColumn || customerLinks.contains(index)
      shape.columns[index].kind = isCustomer ? .integer : .any
    }
    return shape
  }

  /// The order in which a table shows columns that came from several files: known ones first.
  public static func order(ofColumns names: [String], in table: String) -> [Int] {
    let known = KnownTable.named(table)?.columns.map(\.name) ?? []
    return known.compactMap { names.firstIndex(of: $0) }
      + names.indices.filter { !known.contains(names[$0]) }
  }

  /// Columns that hold ids of customers, in whatever table.
  public static let customerColumns = ["customer", "customer_id"]
}

/// A table that a store has already, for files that are loaded into it.
public struct ExistingTable: Sendable {
  public var name: String
  /// Some of its ids, as text.
  public var ids: [String]
  /// Names of its columns.
  public var columns: [String]

  public init(name: String, ids: [String] = [], columns: [String] = []) {
    self.name = name
    self.ids = ids
    self.columns = columns
  }
}

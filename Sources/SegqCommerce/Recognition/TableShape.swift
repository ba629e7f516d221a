/// What a file of the store holds: its table, and what each of its columns is.
public struct TableShape: Sendable {
  /// `customers`, `segments`, `members`, or a child table.
  public var name: String
  /// In the order of the file.
  public var columns: [Column]
  /// Columns that the file does not have, behind those that it has: an amount of quantity × price.
  public var computed: [Computed] = []
  /// Those that `select TABLE` shows, in the order in which it does.
  public var shownColumns: [Int] = []
  /// Other names of columns.
  public var aliases: [String: Int] = [:]
  public var idColumn: Int?
  /// The column that other files refer to, where that is not the id: in Olist's customers each order
  /// has a `customer_id` of its own, and the person is `customer_unique_id`. Rows with one id are
  /// one row then.
  public var keyColumn: Int?
  public var dateColumn: Int?
  /// How rows belong to rows of other tables, most telling first.
  public var links: [Link] = []
  /// Prefix, first, middle, last name and suffix, where the file has no name.
  public var nameParts: [Int] = []
  /// A column with the id of another row of this table that the row is a part of: `parent_item_id`
  /// of a configurable product's simple child. Such rows count in no quantity and no total.
  public var partOf: Int?
  /// A row that is empty here goes on with the row before: an address more of the same customer
  /// (System › Export, the composite of customers and addresses).
  public var continuedWhereEmpty: Int?
  /// Values that other tables have for what stands in a column.
  public var lookups: [Lookup] = []
  /// The file is the Admin's own export of the report, or just like it (``ReportText``).
  public var isReport = false

  public init(name: String, columns: [Column]) {
    self.name = name
    self.columns = columns
  }

  public func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }

  /// Links by ids alone.
  public var parents: [(table: String, column: Int)] {
    links.filter { $0.key == .id }.map { ($0.table, $0.column) }
  }

  /// A column of the file and what it is called in the language.
  public struct Column: Sendable, Equatable {
    public var name: String
    public var header: String
    public var kind: Kind
    /// Shown by `select TABLE`.
    public var isShown: Bool

    public init(name: String, header: String, kind: Kind, isShown: Bool) {
      (self.name, self.header) = (name, header)
      (self.kind, self.isShown) = (kind, isShown)
    }

    public enum Kind: Sendable, Equatable {
      /// What fits the values.
      case any
      case text
      case integer
      /// Whole numbers where all values are, else text: `42`, `ALFKI`, `000000012-1`, a UUID.
      case id
      case decimal
      case time
    }
  }

  public struct Computed: Sendable, Equatable {
    public var column: Column
    public var source: TablePart.Source
  }

  /// A column by whose values rows belong to rows of another table.
  public struct Link: Sendable, Equatable {
    public var table: String
    public var column: Int
    public var key: Key

    public enum Key: Sendable, Equatable {
      /// The other table's id, or its ``TableShape/keyColumn``.
      case id
      /// Another column of that table: `increment_id` of orders.
      case column(String)
      /// Its email, and its website where both files have one.
      case email(website: Int?)
    }
  }

  /// Values of another table, found by its id: `product_id` gives the `sku` of `products`, the
  /// `group_id` of customers becomes the `customer_group_code` of `customer_group`.
  public struct Lookup: Sendable, Equatable {
    public var column: Int
    public var table: String
    /// The other table's column, and what it is called here: the name of `column` itself where codes
    /// become labels.
    public var takes: [Taken]

    public struct Taken: Sendable, Equatable {
      public var column: String
      public var name: String
    }
  }

  /// Where the ids of the rows come from.
  public enum IDSource: Sendable, Equatable {
    case column(Int)
    /// Customers without ids are told apart by their email, and the website where there is one.
    case email(Int, website: Int?)
    case rowNumbers
  }

  public var idSource: IDSource {
    if let idColumn { return .column(idColumn) }
    guard name == "customers", let email = column(named: "email") else { return .rowNumbers }
    return .email(email, website: column(named: "website"))
  }
}

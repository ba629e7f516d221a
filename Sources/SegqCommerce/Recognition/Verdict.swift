/// What a file was taken for, and why.
public struct Verdict: Sendable {
  /// A row for each row of the file.
  public var shape: TableShape
  public var role: Role
  /// Tables that its rows give besides: the orders of invoice lines, the customers of orders.
  public var parts: [TablePart] = []
  public var certainty: Certainty
  /// A sentence for `describe load`: `named orders.csv; order_id, customer_id and total match`.
  public var reason: String
  public var doubt: Doubt?

  public init(shape: TableShape, role: Role, certainty: Certainty, reason: String) {
    self.shape = shape
    self.role = role
    self.certainty = certainty
    self.reason = reason
  }

  /// What the rows are to the store.
  public enum Role: Sendable, Equatable {
    /// The table of that name, or its first rows.
    case table
    /// More rows of the table, behind those of the files before it: `orders_2025.csv`.
    case moreRows
    /// More columns of the table, by its ids: `customer_grid_flat` beside `customer_entity`.
    case moreColumns
    /// A drill-down export: a segment of that name with its members, whose rows are customers too.
    case segment(String)
    /// Nothing could be made of it; the reason says why.
    case leftOut
  }

  /// How the file was recognised, best first.
  public enum Certainty: Int, Sendable, Comparable {
    /// The user said so.
    case chosen
    /// `customers.csv`, `sales_order.csv`
    case exactName
    /// `raw_orders_2024 (1).csv`
    case name
    /// The columns fit, whatever the name.
    case columns
    /// A table of its own.
    case own

    public static func < (one: Certainty, other: Certainty) -> Bool {
      one.rawValue < other.rawValue
    }
  }

  /// Another reading that is nearly as good, with what to type for it.
  public struct Doubt: Sendable, Equatable {
    /// `is admins.csv the customers?`
    public var question: String
    /// Each reading, the one that was taken first.
    public var readings: [Reading]

    public struct Reading: Sendable, Equatable {
      /// `a table of its own, admins`
      public var meaning: String
      /// `load 'admins.csv' as customers`; the path is the glimpse's `file`.
      public var statement: String
    }
  }
}

/// A table that the rows of a file give besides the file's own.
///
/// UCI's Online Retail has a row for each line of an invoice. The file's own table is `items`; `orders`
/// is a part with a row for each `InvoiceNo`, the customer and date of the first line that has one, and
/// the sum of quantity × price.
public struct TablePart: Sendable {
  /// Its columns are computed by `sources`, one for one.
  public var shape: TableShape
  public var sources: [Source]
  public var rows: Rows

  public init(shape: TableShape, sources: [Source], rows: Rows) {
    self.shape = shape
    self.sources = sources
    self.rows = rows
  }

  public enum Rows: Sendable, Equatable {
    /// A row for each row of the file in which some column is not null, carried ones aside.
    case each
    /// A row for each value of a column of the file, in the order of the first; null makes none.
    case distinct(Int)
  }

  /// A value of a row, from the columns of the file.
  public indirect enum Source: Sendable, Equatable {
    /// With several rows of the file: the first that is not null.
    case column(Int)
    /// Where it is null, the value of the nearest row before that has one: an address more of the
    /// customer above.
    case carried(Int)
    /// Null where one of the two is.
    case product(Source, Source)
    /// Over the rows of the file that make the row; null where all are.
    case sum(Source)
    /// Texts that are not null with a blank between them: first and last name.
    case joined([Source])
  }
}

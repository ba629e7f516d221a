/// One column of an answer.
public struct Field: Sendable, Hashable {
  /// Snake case, as the language and JSON name it: `customer_since`.
  public var name: String
  /// As people read it: `Customer Since`.
  public var header: String
  public var type: DataType
  /// Shown as a tick box on a terminal (the grid's Select column).
  public var isTickBox: Bool
  /// A key of `group by`.
  public var isKey = false

  public init(name: String, header: String, type: DataType, isTickBox: Bool = false) {
    self.name = name
    self.header = header
    self.type = type
    self.isTickBox = isTickBox
  }
}

/// The columns of an answer, in order.
public struct Schema: Sendable, Hashable {
  public var fields: [Field]

  public init(_ fields: [Field]) { self.fields = fields }
}

/// Some rows of an answer: as many vectors as the schema has fields, of `rowCount` values each.
public struct RecordBatch: Sendable {
  public let columns: [ColumnVector]
  public let rowCount: Int

  public init(columns: [ColumnVector], rowCount: Int) {
    assert(columns.allSatisfy { $0.count == rowCount })
    self.columns = columns
    self.rowCount = rowCount
  }
}

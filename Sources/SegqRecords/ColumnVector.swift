/// The values of one column for a number of rows: what batches are made of.
@frozen
public struct ColumnVector: Sendable {
  /// How the values lie. A null's place holds 0 or empty text.
  @frozen
  public enum Storage: Sendable {
    /// Every type but text, in the unit ``DataType`` gives.
    case numbers([Int64])
    /// Text as it is.
    case texts(TextVector)
    /// Text of few distinct values: `codes[i]` names a text of the dictionary.
    case coded([Int32], TextVector)
  }

  public let type: DataType
  public var storage: Storage
  /// Set where the value is null; nil where no value is.
  public var nulls: Bitmap?

  public init(type: DataType, storage: Storage, nulls: Bitmap? = nil) {
    self.type = type
    self.storage = storage
    self.nulls = nulls
  }

  @inlinable
  public var count: Int {
    switch storage {
    case .numbers(let numbers): numbers.count
    case .texts(let texts): texts.count
    case .coded(let codes, _): codes.count
    }
  }

  @inlinable
  public func isNull(_ row: Int) -> Bool { nulls?[row] ?? false }

  /// The value of one row. For loops over many rows, switch on ``storage`` once instead.
  public subscript(row: Int) -> Value {
    if isNull(row) { return .null }
    switch storage {
    case .numbers(let numbers): return Value(numbers[row], as: type)
    case .texts(let texts): return .text(texts[row])
    case .coded(let codes, let dictionary): return .text(dictionary[Int(codes[row])])
    }
  }

  /// A vector of `values`, each null or of `type`.
  public init(_ values: some Sequence<Value>, type: DataType) {
    var numbers: [Int64] = []
    var texts = TextVector()
    var nulls = Bitmap(count: 0)
    for value in values {
      nulls.append(value == .null)
      switch value {
      case .text(let text): texts.append(text)
      case .null where type == .text: texts.append("")
      case .null, .integer, .decimal, .date, .datetime, .boolean:
        numbers.append(value.number ?? 0)
      }
    }
    self.init(
      type: type, storage: type == .text ? .texts(texts) : .numbers(numbers),
      nulls: nulls.isEmpty ? nil : nulls)
  }
}

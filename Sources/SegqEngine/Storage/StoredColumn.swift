public import SegqRecords

/// The values of a column of a table, as they lie in memory or in a file of a workspace.
///
/// What is computed from them comes as ``ColumnVector``s, a row group at a time.
public struct StoredColumn: Sendable {
  package enum Storage: Sendable {
    /// Every type but text, in the unit ``DataType`` gives.
    case numbers(PackedNumbers)
    case texts(TextHeap)
    /// Text of few distinct values: each row's code names a text of the dictionary, in which there are
    /// only texts that a row has. The code behind the last stands for null.
    case coded(PackedNumbers, TextDictionary)
  }

  public let type: DataType
  package let storage: Storage
  /// Set where the value is null; nil where no value is.
  public let nulls: NullRows?
  /// Finds rows by their text; of a few columns of texts only.
  package var index: TextIndex?
  let codeRows = CodeRows()
  let sketchOnce = SketchOnce()

  /// O(n).
  public init(_ vector: ColumnVector) {
    type = vector.type
    nulls = vector.nulls.map { NullRows($0) }
    switch vector.storage {
    case .numbers(let numbers): storage = .numbers(PackedNumbers(numbers, nulls: vector.nulls))
    case .texts(let texts): storage = .texts(TextHeap(texts))
    case .coded(let codes, let dictionary):
      let (codes, texts) = dictionary.used(by: codes, vector.nulls)
      storage = .coded(
        PackedNumbers(codes: codes, nulls: vector.nulls, null: texts.count), TextDictionary(texts))
    }
  }

  /// Values as they were stored.
  package init(type: DataType, storage: Storage, nulls: NullRows?) {
    self.type = type
    self.storage = storage
    self.nulls = nulls
  }

  /// The values of these rows, in this order.
  func gathered(_ rows: [Int32]) -> StoredColumn {
    let nulls = nulls(of: rows)
    let gathered: Storage =
      switch storage {
      case .numbers(let numbers): .numbers(numbers.gathered(rows, nulls: nulls))
      case .texts(let texts): .texts(TextHeap(texts.texts(rows)))
      case .coded(let codes, let dictionary):
        .coded(codes.gathered(rows, nulls: nil), dictionary)
      }
    return StoredColumn(type: type, storage: gathered, nulls: nulls.map { NullRows($0) })
  }

  public var count: Int {
    switch storage {
    case .numbers(let numbers), .coded(let numbers, _): numbers.count
    case .texts(let texts): texts.count
    }
  }

  /// The texts of a coded column, by code.
  public var dictionary: TextVector? {
    guard case .coded(_, let dictionary) = storage else { return nil }
    return dictionary.texts
  }

  /// The numbers of any type but text.
  public var numbers: PackedNumbers? {
    guard case .numbers(let numbers) = storage else { return nil }
    return numbers
  }

  public func isNull(_ row: Int) -> Bool { nulls?[row] ?? false }

  /// The value of one row.
  public subscript(row: Int) -> Value {
    if isNull(row) { return .null }
    switch storage {
    case .numbers(let numbers): return Value(numbers[row], as: type)
    case .texts(let texts): return .text(texts[row])
    case .coded(let codes, let dictionary):
      let code = Int(codes[row])
      return code < dictionary.count ? .text(dictionary.texts[code]) : .null
    }
  }

  /// The values of neighbouring rows.
  func vector(_ rows: Range<Int>) -> ColumnVector {
    let nulls = nulls?.slice(rows)
    switch storage {
    case .numbers(let packed):
      var numbers: [Int64] = []
      packed.append(rows, to: &numbers)
      return ColumnVector(type: type, storage: .numbers(numbers), nulls: nulls)
    case .texts(let texts):
      return ColumnVector(type: type, storage: .texts(texts.texts(rows)), nulls: nulls)
    case .coded(let packed, let dictionary):
      var codes: [Int32] = []
      packed.append(rows, to: &codes)
      return coded(codes, dictionary.texts, nulls)
    }
  }

  /// The values of these rows, in this order.
  func vector(_ rows: [Int32]) -> ColumnVector {
    let gathered = nulls(of: rows)
    switch storage {
    case .numbers(let packed):
      var numbers: [Int64] = []
      packed.append(rows, to: &numbers)
      return ColumnVector(type: type, storage: .numbers(numbers), nulls: gathered)
    case .texts(let texts):
      return ColumnVector(type: type, storage: .texts(texts.texts(rows)), nulls: gathered)
    case .coded(let packed, let dictionary):
      var codes: [Int32] = []
      packed.append(rows, to: &codes)
      return coded(codes, dictionary.texts, gathered)
    }
  }

  func nulls(of rows: Rows) -> Bitmap? {
    switch rows {
    case .range(let range): nulls?.slice(range)
    case .list(let list): nulls(of: list)
    case .dictionary: preconditionFailure("a dictionary is no column")
    }
  }

  func nulls(of rows: [Int32]) -> Bitmap? {
    guard let nulls else { return nil }
    var picked = Bitmap(count: rows.count)
    for (i, row) in rows.enumerated() where nulls[Int(row)] { picked[i] = true }
    return picked
  }

  /// In a vector a null has the code of any text.
  private func coded(
    _ codes: [Int32], _ dictionary: TextVector, _ nulls: Bitmap?
  ) -> ColumnVector {
    // Not where none of these rows is null: in the place of damaged nulls stands that nothing is.
    guard dictionary.count > 0 else { return .constant(.null, .text, count: codes.count) }
    guard let nulls else {
      return ColumnVector(type: .text, storage: .coded(codes, dictionary), nulls: nil)
    }
    let null = Int32(truncatingIfNeeded: dictionary.count)
    return ColumnVector(
      type: .text, storage: .coded(codes.map { $0 == null ? 0 : $0 }, dictionary), nulls: nulls)
  }

  /// The values of these rows.
  func vector(of rows: Rows) -> ColumnVector {
    switch rows {
    case .range(let range): vector(range)
    case .list(let list): vector(list)
    case .dictionary: entries
    }
  }

  /// Each text of the dictionary, and null behind them.
  var entries: ColumnVector {
    guard var dictionary else { preconditionFailure("not coded") }
    var nulls = Bitmap(count: dictionary.count)
    nulls.append(true)
    dictionary.append("")
    return ColumnVector(type: .text, storage: .texts(dictionary), nulls: nulls)
  }

  /// The values of these rows; null where the row is −1.
  func gathered(withMissing rows: [Int32]) -> ColumnVector {
    guard rows.contains(where: { $0 < 0 }) else { return vector(rows) }
    guard count > 0 else { return .constant(.null, type, count: rows.count) }
    var result = vector(rows.map { max($0, 0) })
    var nulls = result.nulls ?? Bitmap(count: rows.count)
    for (i, row) in rows.enumerated() where row < 0 { nulls[i] = true }
    result.nulls = nulls
    return result
  }

  /// `entries` holds a value for each code of this coded column, and one for null.
  func looked(up entries: ColumnVector, _ rows: Rows) -> ColumnVector {
    guard case .coded(let packed, _) = storage else { preconditionFailure("not coded") }
    return entries.gathered(packed.values(of: rows))
  }

  /// The memory that the values take, in bytes.
  var byteCount: Int {
    let values =
      switch storage {
      case .numbers(let numbers): numbers.byteCount
      case .texts(let texts): texts.byteCount
      case .coded(let codes, let dictionary):
        codes.byteCount + dictionary.byteCount
      }
    let index = index.map { $0.starts.byteCount + $0.rows.byteCount } ?? 0
    return values + (nulls?.words.byteCount ?? 0) + index
  }
}

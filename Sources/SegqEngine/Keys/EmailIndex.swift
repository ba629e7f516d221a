import SegqRecords

/// Finds customers by their email, whatever the case of its letters and the blanks around it.
///
/// `Ann@Example.com ` names the customer `ann@example.com`. An email that several customers have names
/// the one on the website that is asked for, and otherwise nobody (``several``).
struct EmailIndex: Sendable {
  /// What stands for a row where several customers have the email.
  static let several: Int32 = -2

  private let emails: EmailTexts
  private let websites: StoredColumn?
  /// The first row of each email by its identity, and behind each row the next with the same.
  private let first: HashedKeys
  private let next: [Int32]

  /// Nil where the customers have no emails. O(n).
  init?(_ customers: Table, usesWebsite: Bool) {
    guard let email = customers.column(named: "email"),
      let emails = EmailTexts(customers.columns[email].values)
    else { return nil }
    self.emails = emails
    websites =
      usesWebsite
      ? customers.column(named: "website").map { customers.columns[$0].values } : nil
    var next = [Int32](repeating: -1, count: customers.rowCount)
    var first = HashedKeys(capacity: customers.rowCount)
    // From the last, so that a chain ascends.
    for row in stride(from: customers.rowCount - 1, through: 0, by: -1) {
      guard let identity = emails.identity(row) else { continue }
      next[row] = first.replace(identity, by: Int32(truncatingIfNeeded: row))
    }
    (self.first, self.next) = (first, next)
  }

  /// The customer of each of neighbouring rows of a child; −1 where there is none. Nulls name nobody.
  func rows(
    of keys: StoredColumn, _ websites: StoredColumn?, _ range: Range<Int>
  ) -> [Int32] {
    guard let texts = EmailTexts(keys) else { return range.map { _ in -1 } }
    return range.map { row in
      guard let identity = texts.identity(row) else { return -1 }
      return customer(texts.folded(row), identity, websites?[row] ?? .null)
    }
  }

  private func customer(_ email: [UInt8], _ identity: Int64, _ website: Value) -> Int32 {
    var found: Int32 = -1
    var row = first.row(of: identity)
    while row >= 0 {
      if emails.folded(Int(row)) == email, isOn(website, Int(row)) {
        if found >= 0 { return Self.several }
        found = row
      }
      row = next[Int(row)]
    }
    return found
  }

  /// Where one side has no website, every website is meant.
  private func isOn(_ website: Value, _ row: Int) -> Bool {
    guard let websites, website != .null, !websites.isNull(row) else { return true }
    return TextFolding.fold(websites[row].text(in: .utc))
      == TextFolding.fold(website.text(in: .utc))
  }
}

/// Emails as they are compared.
private struct EmailTexts: Sendable {
  private let heap: TextHeap
  /// Which text of the heap each row has, where it is not its own.
  private let codes: PackedNumbers?
  private let nulls: NullRows?

  /// Nil where the column holds no texts.
  init?(_ column: StoredColumn) {
    nulls = column.nulls
    switch column.storage {
    case .numbers: return nil
    case .texts(let heap): (self.heap, codes) = (heap, nil)
    case .coded(let codes, let dictionary):
      (heap, self.codes) = (TextHeap(dictionary.texts), codes)
    }
  }

  /// The bytes of a row's email without blanks around it; nil where it has none.
  private func range(_ row: Int) -> Range<Int>? {
    if nulls?[row] ?? false { return nil }
    var range = heap.range(codes.map { Int($0[row]) } ?? row)
    let bytes = heap.bytes.span
    while let last = range.last, bytes[last] <= 0x20 { range.removeLast() }
    while let first = range.first, bytes[first] <= 0x20 { range.removeFirst() }
    return range.isEmpty ? nil : range
  }

  /// The same for emails that are alike, seldom for others; nil where the row has none.
  func identity(_ row: Int) -> Int64? {
    guard let range = range(row) else { return nil }
    guard heap.isForeign(range) else {
      return Int64(bitPattern: heap.hash(range, isExact: false))
    }
    let text = TextHeap([folded(row)])
    return Int64(bitPattern: text.hash(text.range(0), isExact: false))
  }

  func folded(_ row: Int) -> [UInt8] {
    guard let range = range(row) else { return [] }
    var folded: [UInt8] = []
    let bytes = heap.bytes.span
    folded.reserveCapacity(range.count)
    TextFolding.append(bytes.extracting(range), to: &folded)
    return folded
  }
}

extension Range<Int> {
  fileprivate mutating func removeLast() { self = lowerBound..<upperBound - 1 }
  fileprivate mutating func removeFirst() { self = lowerBound + 1..<upperBound }
}

import SegqRecords

/// By which columns the rows of a child table name those of its parent.
///
/// ```
/// LinkKey(id: 1)              customer_id 17
/// LinkKey(email: 5)           ann@example.com
/// LinkKey(id: 1, email: 5, matchesGuests: true)    17, and where that is null ann@example.com
/// LinkKey(id: 2, named: "increment_id")            000000012, the increment of an order
/// ```
public struct LinkKey: Sendable, Hashable {
  /// The column with the parent's ids, or with the values of its column ``named``.
  public var id: Int?
  /// The parent's column that ``id`` refers to; nil for its ids.
  public var named: String?
  /// The column with the emails of customers; asked where there is no id.
  public var email: Int?
  /// Where both sides have a website, an email counts on that website only.
  public var website: Int?
  /// Whether rows with an email and without an id, such as guests' orders, go by the email.
  public var matchesGuests = false

  public init(
    id: Int? = nil, named: String? = nil, email: Int? = nil, website: Int? = nil,
    matchesGuests: Bool = false
  ) {
    (self.id, self.named, self.email, self.website) = (id, named, email, website)
    self.matchesGuests = matchesGuests
  }

  /// The column with the emails that count.
  var usedEmail: Int? { id == nil || matchesGuests ? email : nil }

  /// The column that the link goes by first.
  public var column: Int { id ?? email ?? 0 }

  /// The columns that name the parent.
  public var columns: [Int] { [id, email, website].compactMap { $0 } }
}

/// Finds the rows of a parent that the rows of a child table name.
struct Linker: Sendable {
  /// What the rows of a child come to.
  struct Found: Sendable {
    /// The parent's row of each, −1 where there is none.
    var parents: [Int32] = []
    /// How many name a row that is not there.
    var orphanCount = 0
    /// How many have an email, or another value of the parent, that several of its rows have.
    var ambiguousCount = 0
  }

  private let index: KeyIndex?
  /// Rows of the parent that are named by what other rows have too.
  private let repeated: Bitmap?
  private let ids: StoredColumn?
  private let emails: StoredColumn?
  private let websites: StoredColumn?
  private let emailIndex: EmailIndex?

  /// Whether anything tells the parent's rows apart.
  static func isPossible(_ key: LinkKey, to parent: Table) -> Bool {
    key.id != nil && key.index(of: parent) != nil
      || key.usedEmail != nil && parent.column(named: "email") != nil
  }

  /// The columns of the child as they are stored. Nil where nothing tells the parent's rows apart.
  init?(_ key: LinkKey, _ columns: [StoredColumn], to parent: Table) {
    guard Self.isPossible(key, to: parent) else { return nil }
    index = key.index(of: parent)
    repeated = key.named.flatMap { parent.column(named: $0) }.map { column in
      KeyIndex(parent.columns[column].values).repeatedRows(parent.columns[column].values)
    }
    ids = key.id.map { columns[$0] }
    emailIndex = key.usedEmail.flatMap { _ in
      EmailIndex(parent, usesWebsite: key.website != nil)
    }
    emails = emailIndex == nil ? nil : key.usedEmail.map { columns[$0] }
    websites = key.website.map { columns[$0] }
  }

  /// The parents of neighbouring rows.
  func parents(of rows: Range<Int>) -> Found {
    var found = Found(parents: [Int32](repeating: -1, count: rows.count))
    if let index, let ids { found.parents = index.rows(of: ids, rows) }
    if let repeated {
      for i in found.parents.indices where found.parents[i] >= 0 {
        guard repeated[Int(found.parents[i])] else { continue }
        found.parents[i] = -1
        found.ambiguousCount += 1
      }
    }
    let unnamed = emails.flatMap { emailIndex?.rows(of: $0, websites, rows) }
    for i in found.parents.indices where found.parents[i] < 0 {
      let row = rows.lowerBound + i
      if let ids, !ids.isNull(row) {
        found.orphanCount += 1
      } else if let email = unnamed?[i] {
        found.parents[i] = max(email, -1)
        if email == EmailIndex.several { found.ambiguousCount += 1 }
        // A guest whose email nobody has is a guest.
        let isOrphan = ids == nil ? email < 0 : email == EmailIndex.several
        if isOrphan, !(emails?.isNull(row) ?? true) { found.orphanCount += 1 }
      }
    }
    return found
  }
}

extension LinkKey {
  /// What the parent's rows are found by.
  fileprivate func index(of parent: Table) -> KeyIndex? {
    guard let named else { return parent.index }
    return parent.column(named: named).map { KeyIndex(parent.columns[$0].values) }
  }
}

extension TableBuilder {
  /// How many rows have no id, and the email of just one customer: orders of guests who are customers
  /// too. Nil where it was interrupted.
  public func guestCount(_ key: LinkKey, of customers: Table, _ execution: Execution) -> Int? {
    guard let id = key.id, key.email != nil, !key.matchesGuests, columns[id].vector.nulls != nil
    else { return 0 }
    var matching = key
    matching.matchesGuests = true
    // Only what names customers is packed for this.
    let stored = columns.enumerated().map { index, column in
      StoredColumn(
        key.columns.contains(index) ? column.vector : ColumnVector([], type: .integer))
    }
    guard let linker = Linker(matching, stored, to: customers) else { return 0 }
    let size = RowSelection.groupSize
    let groups = stride(from: 0, to: rowCount, by: size).map { $0..<min($0 + size, rowCount) }
    let counts = execution.map(groups) { rows in
      let parents = linker.parents(of: rows).parents
      return rows.count { stored[id].isNull($0) && parents[$0 - rows.lowerBound] >= 0 }
    }
    return counts?.reduce(0, +)
  }
}

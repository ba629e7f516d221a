/// By which columns the rows of a child table name those of its parent.
///
/// ```
/// LinkKey(id: 1)              customer_id 17
/// LinkKey(email: 5)           ann@example.com
/// LinkKey(id: 1, email: 5)    17, and where that is null ann@example.com
/// ```
public struct LinkKey: Sendable, Hashable {
  /// The column with the parent's ids.
  public var id: Int?
  /// The column with the emails of customers; asked where there is no id.
  public var email: Int?
  /// Where both sides have a website, an email counts on that website only.
  public var website: Int?

  public init(id: Int? = nil, email: Int? = nil, website: Int? = nil) {
    (self.id, self.email, self.website) = (id, email, website)
  }

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
    /// How many have an email that several customers have.
    var ambiguousCount = 0
  }

  private let index: KeyIndex?
  private let ids: StoredColumn?
  private let emails: StoredColumn?
  private let websites: StoredColumn?
  private let emailIndex: EmailIndex?

  /// Whether anything tells the parent's rows apart.
  static func isPossible(_ key: LinkKey, to parent: Table) -> Bool {
    key.id != nil && parent.index != nil
      || key.email != nil && parent.column(named: "email") != nil
  }

  /// The columns of the child as they are stored. Nil where nothing tells the parent's rows apart.
  init?(_ key: LinkKey, _ columns: [StoredColumn], to parent: Table) {
    guard Self.isPossible(key, to: parent) else { return nil }
    index = parent.index
    ids = key.id.map { columns[$0] }
    emailIndex = key.email.flatMap { _ in EmailIndex(parent, usesWebsite: key.website != nil) }
    emails = emailIndex == nil ? nil : key.email.map { columns[$0] }
    websites = key.website.map { columns[$0] }
  }

  /// The parents of neighbouring rows.
  func parents(of rows: Range<Int>) -> Found {
    var found = Found(parents: [Int32](repeating: -1, count: rows.count))
    if let index, let ids { found.parents = index.rows(of: ids, rows) }
    let unnamed = emails.flatMap { emailIndex?.rows(of: $0, websites, rows) }
    for i in found.parents.indices where found.parents[i] < 0 {
      let row = rows.lowerBound + i
      if let ids, !ids.isNull(row) {
        found.orphanCount += 1
      } else if let email = unnamed?[i] {
        found.parents[i] = max(email, -1)
        if email == EmailIndex.several { found.ambiguousCount += 1 }
        if email < 0, !(emails?.isNull(row) ?? true) { found.orphanCount += 1 }
      }
    }
    return found
  }
}

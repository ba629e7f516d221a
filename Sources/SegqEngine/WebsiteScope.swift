import SegqRecords

/// Which customers belong to the websites of a segment.
public enum WebsiteScope {
  /// The segment covers all websites.
  case all
  /// Those for whom a condition holds. A customer without a website belongs to none.
  case some(BoundExpression)
  /// The customers do not tell; why, as `customers have no website`.
  case unknown(String)

  /// The scope of a segment with these websites, by the column `website` of its customers.
  public init(_ websites: [String], of customers: Table) {
    guard !websites.isEmpty else {
      self = .all
      return
    }
    guard let place = customers.column(named: "website") else {
      self = .unknown("customers have no column 'website'")
      return
    }
    let values = customers.columns[place].values
    if values.isAllNull, values.count > 0 {
      self = .unknown("no customer has a website")
    } else if let reason = Self.mismatch(websites, values) {
      self = .unknown(reason)
    } else {
      self = .some(.any(websites.compactMap { Self.condition($0, place, values.type) }))
    }
  }

  private static func condition(
    _ website: String, _ column: Int, _ type: DataType
  ) -> BoundExpression? {
    switch type {
    case .text:
      .compare(.equal, .column(column, .text), .constant(.text(website), .text), isExact: false)
    case .integer:
      Int64(website).map {
        .compare(.equal, .column(column, type), .constant(.integer($0), type), isExact: false)
      }
    case .decimal, .boolean, .date, .datetime: nil
    }
  }

  /// Segments have the ids of websites and customers the names, or the other way round: then nobody
  /// can tell which is which.
  private static func mismatch(_ websites: [String], _ values: StoredColumn) -> String? {
    let own = values.type == .text ? values.someTexts : []
    guard values.type != .text || values.count == 0 || !own.isEmpty else {
      return "no customer has a website"
    }
    let areIDs = websites.allSatisfy { Int($0) != nil }
    let haveIDs = own.allSatisfy { Int($0) != nil }
    let haveNames = own.allSatisfy { Int($0) == nil }
    if areIDs, haveNames, let first = own.first {
      return "customers have the names of websites, such as '\(first)', and not their ids"
    }
    let areNames = websites.allSatisfy { Int($0) == nil }
    return areNames && haveIDs && values.count > 0
      ? "customers have the ids of websites, and not their names" : nil
  }
}

extension StoredColumn {
  /// Its texts that are not empty: all where they are few, else those of the first rows.
  fileprivate var someTexts: [String] {
    if let dictionary {
      return (0..<dictionary.count).map { dictionary[$0] }.filter { !$0.isEmpty }
    }
    return (0..<min(count, 1000)).compactMap { row in
      if case .text(let text) = self[row], !text.isEmpty { text } else { nil }
    }
  }
}

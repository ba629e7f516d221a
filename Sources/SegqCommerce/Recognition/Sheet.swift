/// One glimpse with what was worked out about it.
struct Sheet: Sendable {
  let glimpse: FileGlimpse
  let words: FileWords
  /// The headers in snake case.
  let keys: [String]
  /// What they mean in English.
  let meanings: [String]
  var profiles: [ColumnProfile] { glimpse.profiles }
  /// Columns by what they mean.
  let columns: [String: [Int]]

  init(_ glimpse: FileGlimpse) {
    self.glimpse = glimpse
    words = FileWords(glimpse.file, sheet: glimpse.sheet)
    let keys = glimpse.header.map(Recognition.key)
    let all = Set(keys)
    self.keys = keys
    meanings = zip(glimpse.header, keys).map { header, key in
      Translations.meaning(of: header, key, among: all)
    }
    columns = Dictionary(grouping: meanings.indices, by: { [meanings] in meanings[$0] })
  }

  /// `orders.xlsx, sheet Orders`
  var title: String {
    glimpse.sheet.map { "\(glimpse.file), sheet \($0)" } ?? glimpse.file
  }

  /// What to type so that the file is read as a table.
  func statement(_ table: String) -> String {
    let path = glimpse.file.replacing("'", with: "\\'")
    return "load '\(path)' as \(table)"
  }
}

extension Sheet {
  /// Which column of the file is which of a kind.
  struct Fit: Sendable {
    /// Columns of the file by the names that the kind has for them.
    var columns: [String: Int] = [:]
    /// Those that were found by a header that only this kind has.
    var signs: Set<String> = []
    /// Those that others make: a name of its parts.
    var implied: Set<String> = []
    /// From 0 to 1: how much of the kind is there, and how little else.
    var share = 0.0

    func has(_ groups: [[String]]) -> Bool {
      groups.allSatisfy { $0.contains { columns[$0] != nil || implied.contains($0) } }
    }

    func isSigned(by groups: [[String]]) -> Bool {
      groups.allSatisfy { !signs.union(implied).isDisjoint(with: $0) }
    }
  }

  func fit(_ kind: KnownTable, without hidden: Set<Int> = []) -> Fit {
    var fit = Fit()
    var taken = hidden
    let chosen = glimpse.choice?.columns ?? [:]
    for (name, header) in chosen {
      guard let index = keys.firstIndex(of: Recognition.key(header)) else { continue }
      fit.columns[name] = index
      fit.signs.insert(name)
      taken.insert(index)
    }
    for column in kind.columns where fit.columns[column.name] == nil {
      for header in column.allHeaders {
        guard
          let index = keys.indices.first(where: { meanings[$0] == header && !taken.contains($0) }),
          accepts(index, as: column, named: header, of: kind)
        else { continue }
        fit.columns[column.name] = index
        if column.headers.contains(header) { fit.signs.insert(column.name) }
        taken.insert(index)
        break
      }
    }
    if kind.name == "customers", fit.columns["name"] == nil, !nameParts.isEmpty {
      fit.implied.insert("name")
    }
    let all = kind.columns.reduce(0) { $0 + $1.weight }
    let found = kind.columns.filter {
      fit.columns[$0.name] != nil || fit.implied.contains($0.name)
    }
    let known = taken.count - hidden.count + (fit.implied.isEmpty ? 0 : nameParts.count)
    let coverage = all == 0 ? 0 : Double(found.reduce(0) { $0 + $1.weight }) / Double(all)
    fit.share = 0.75 * coverage + 0.25 * Double(known) / Double(Swift.max(1, keys.count))
    return fit
  }

  /// Whether the values of a column can be what its header says.
  private func accepts(
    _ index: Int, as column: KnownTable.KnownColumn, named header: String, of kind: KnownTable
  ) -> Bool {
    let profile = profiles[index]
    if column.name == "status", header == "state", hasPlaces { return false }
    if column.name == "state", profile.areStatuses { return false }
    if kind.name == "customers", column.name == "name", header != "name", !nameParts.isEmpty {
      return false
    }
    if profile.isEmpty {
      // A header that many kinds of column have says nothing where no row has a value.
      return !column.weakHeaders.contains(header) || profile.count == 0
    }
    switch column.kind {
    case .id
    where column.name == "id" && kind.parents.first?.table != "customers" && profile.areRepeated:
      // A number within an order is no id of the line.
      return kind.parents.isEmpty
    case .id where column.weakHeaders.contains(header):
      return !profile.areNames && !profile.areEmails && (profile.areCodes || profile.areNumbers)
    case .id: return !profile.areNames && !profile.areEmails
    case .time: return profile.areCodes
    case .decimal: return profile.areNumbers
    case .text where column.name == "email" && column.weakHeaders.contains(header):
      return profile.areEmails
    case .text where header == "customer" && column.name == "name": return profile.areNames
    case .any, .text, .integer: return true
    }
  }
}

extension Sheet {
  /// Columns that make a name: first and last at least, with a prefix and so on where there are any.
  var nameParts: [Int] {
    let found = KnownTable.nameParts.map { headers in
      headers.lazy.compactMap { meanings.firstIndex(of: $0) }
        .first { meanings[$0] != "title" || profiles[$0].areShort }
    }
    guard found[1] != nil || found[3] != nil else { return [] }
    return found.compactMap { $0 }
  }

  /// The table's noun that a header names, and whether it has the mark of an id: `user` of `user_id`,
  /// `id_user` and `UserKey`, `order` of `order`.
  func reference(_ column: Int) -> (noun: String, isMarked: Bool) {
    let chosen = glimpse.choice?.columns.first { Recognition.key($0.value) == keys[column] }?.key
    var words = (chosen ?? meanings[column]).split(separator: "_").map(FileWords.singular)
    let marks: Set<String> = [
      "id", "key", "no", "nr", "number", "code", "uuid", "guid", "ref", "fk", "num", "sk",
    ]
    let count = words.count
    while words.count > 1, let last = words.last, marks.contains(last) { words.removeLast() }
    while words.count > 1, let first = words.first, ["id", "fk"].contains(first) {
      words.removeFirst()
    }
    return (words.joined(separator: "_"), words.count < count)
  }

  /// The columns in the order in which they are asked for links, whatever the file's: customers by that
  /// very word first.
  var columnsByNoun: [Int] {
    keys.indices.map { (column: $0, isFirst: reference($0).noun == "customer", key: keys[$0]) }
      .sorted { one, other in
        one.isFirst == other.isFirst ? one.key < other.key : one.isFirst
      }.map(\.column)
  }

  /// `customer_id`, `userID`, or `buyer` with values that are no names.
  func refersToPerson(_ column: Int) -> Bool {
    let (noun, isMarked) = reference(column)
    let profile = profiles[column]
    return KnownTable.personWords.contains(noun) && !profile.areNames && !profile.areEmails
      && (isMarked || profile.isEmpty || profile.areNumbers || profile.areCodes)
  }
}

extension Sheet {
  /// A state beside these is a part of a country, not of an order's life.
  fileprivate var hasPlaces: Bool {
    !Set(keys).isDisjoint(with: ["country", "city", "zip", "postcode", "postal_code", "region"])
  }
}

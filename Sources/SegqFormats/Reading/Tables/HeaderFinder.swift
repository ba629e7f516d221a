/// Finds the row of the first rows of a table that names its columns.
///
/// ```
/// Sales report 2024          title
/// From;2024-01-01;;;         title
/// ID;Name;Email;Total;Date   header
/// 7;Ann;a@example.com;1,5;…  row
/// ```
struct HeaderFinder {
  typealias Row = [[UInt8]?]

  /// The header among the rows; nil where the first row that is no title is data already.
  private(set) var header: Int?
  /// Where the table begins: at the header, or at the first row of data.
  private(set) var first = 0

  /// `width` is how many fields the rows have that are alike.
  init(_ rows: [Row], width: Int) {
    first = rows.indices.first { !Self.isTitle(rows, $0, width) } ?? 0
    guard first < rows.count else { return }
    header = Self.isData(rows[first], above: rows[(first + 1)...]) ? nil : first
  }

  /// So many rows above a header may be titles.
  private static let mostTitles = 20

  /// Whether a row has little in it, and a fuller one that could be the header follows soon.
  private static func isTitle(_ rows: [Row], _ place: Int, _ width: Int) -> Bool {
    guard place < mostTitles, width > 1, filled(rows[place]) * 2 <= width else { return false }
    let following = rows[(place + 1)...].prefix(mostTitles)
    // The header of an export is full, but for its index column perhaps.
    return following.contains {
      filled($0) * 2 > width && filled($0) > filled(rows[place]) + 1 && isNamed($0)
    }
      || rows[place].count < min(width, 2) && following.contains { filled($0) == width }
  }

  /// Whether a row holds more words than numbers.
  private static func isNamed(_ row: Row) -> Bool {
    row.count { FieldKind($0) == .text } * 2 >= filled(row)
  }

  private static func filled(_ row: Row) -> Int { row.count { !($0 ?? []).isEmpty } }

  /// Whether a row holds numbers, dates or emails over columns that hold the same.
  private static func isData(_ row: Row, above rows: ArraySlice<Row>) -> Bool {
    var (looksLikeData, looksLikeHeader) = (0, 0)
    for (i, field) in row.enumerated() {
      let own = FieldKind(field)
      let below = FieldKind.usual(rows.lazy.map { i < $0.count ? $0[i] : nil })
      if own == .numeric || own == .email, below == own || below == .empty { looksLikeData += 1 }
      if own == .text, below == .numeric || below == .email { looksLikeHeader += 1 }
    }
    return looksLikeData > 0 && looksLikeHeader == 0 && !areYears(row)
  }

  /// `Country,2023,2024`: a table with a column for each year.
  private static func areYears(_ row: Row) -> Bool {
    let numbers = row.filter { FieldKind($0) == .numeric }.map { field in
      Int(String(decoding: field ?? [], as: UTF8.self)) ?? 0
    }
    guard numbers.count > 1, numbers.allSatisfy((1900...2100).contains) else { return false }
    return zip(numbers, numbers.dropFirst()).allSatisfy { abs($0 - $1) == 1 }
  }
}

/// What a field looks like, without a look at what its column means.
enum FieldKind {
  case empty
  /// Numbers, dates, times, amounts of money.
  case numeric
  case email
  case text

  init(_ field: [UInt8]?) {
    guard let field, !field.isEmpty else {
      self = .empty
      return
    }
    let text = String(decoding: field, as: UTF8.self)
    if text.unicodeScalars.allSatisfy(Self.isNumeric), field.contains(where: Self.isDigit) {
      self = .numeric
    } else if Self.isEmail(field) {
      self = .email
    } else {
      self = .text
    }
  }

  /// What most of the fields that hold something are; of two that are as many, the less special.
  static func usual(_ fields: some Sequence<[UInt8]?>) -> FieldKind {
    var counts: [FieldKind: Int] = [:]
    for field in fields { counts[FieldKind(field), default: 0] += 1 }
    let kinds: [FieldKind] = [.text, .email, .numeric].filter { counts[$0] != nil }
    return kinds.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? .empty
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isNumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", ".", ",", "+", "-", "/", ":", " ", "'", "%", "$", "€", "£", "T", "Z", "(", ")",
      "\u{A0}", "\u{202F}":
      true
    default: false
    }
  }

  private static func isEmail(_ field: [UInt8]) -> Bool {
    guard let at = field.firstIndex(of: UInt8(ascii: "@")), at > 0 else { return false }
    return field[at...].contains(UInt8(ascii: ".")) && !field.contains(UInt8(ascii: " "))
  }
}

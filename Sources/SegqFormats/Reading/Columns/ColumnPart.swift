import SegqRecords

/// The values of one column in one block.
struct ColumnPart: Sendable {
  var kind = ValueKind.nothing
  var isSkipped = false
  var rowCount = 0
  var nullRows: [Int32] = []

  // Numbers of any kind; a null's place holds 0.
  var numbers: [Int64] = []
  /// What does not fit what the column is known to hold; null too.
  var badValues: [CSVDocument.BadValue] = []
  var placeholders = WordTally()
  var roundedCount = 0
  /// Values are written in ways that only all of the column explain: they must be counted first.
  var needsCensus = false
  /// Set where they were only counted.
  var census = ColumnCensus()
  /// The fields of the block are divided by `;`.
  var suggestsComma = false
  /// There are days of the shop's clocks, which cannot be made times without the zone.
  var hasShopDays = false

  // Texts: codes, as the worker numbers them, or the texts themselves.
  var isCoded = false
  /// In the place of a null: the code of any text, so that the dictionary has no text for nulls.
  static let nullCode: Int32 = 0
  var codes: [Int32] = []
  /// What the worker has numbered since its last block.
  var newTexts = TextVector()
  var textBytes: [UInt8] = []
  /// Where each text ends in ``textBytes``.
  var textEnds: [UInt32] = []

  /// The texts that are not coded.
  var texts: TextVector {
    var texts = TextVector()
    var start = 0
    for end in textEnds.prefix(rowCount) {
      texts.append(textBytes[start..<Int(end)])
      start = Int(end)
    }
    return texts
  }

  mutating func reset(rowCount: Int) {
    self.rowCount = rowCount
    (kind, isSkipped, isCoded) = (.nothing, false, false)
    (roundedCount, hasShopDays, needsCensus) = (0, false, false)
    (census, placeholders) = (ColumnCensus(), WordTally())
    newTexts = TextVector()
    nullRows.removeAll(keepingCapacity: true)
    badValues.removeAll(keepingCapacity: true)
  }
}

extension Array where Element: FixedWidthInteger {
  /// Makes the array so long at least.
  mutating func extend(to size: Int) {
    if count < size { append(contentsOf: repeatElement(0, count: size - count)) }
  }
}

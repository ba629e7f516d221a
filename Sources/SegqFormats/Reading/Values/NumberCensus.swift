import SegqRecords

/// What numbers look like.
struct NumberCensus: Sendable {
  private(set) var count = 0
  /// How many fit if the mark is a point, and if it is a comma.
  private(set) var point = Fits()
  private(set) var comma = Fits()
  /// Those that make sense with one mark alone: `1.5` and `1,234.50`; `1,5` and `1.234,50`.
  private(set) var onlyPoint = Tally()
  private(set) var onlyComma = Tally()
  /// `1,234`: thousands or a fraction.
  private(set) var open = Tally()
  private(set) var percents = Tally()
  /// How many amounts name their currency, and which: the first few.
  private(set) var currencies = WordTally()
  /// Zeros without `%`.
  private(set) var zeros = 0
  /// Grouped by blanks or `'`, or with a sign as accountants write it, and nothing that shows more
  /// clearly that it is a number: a phone may look so.
  private(set) var weak = 0
  /// Grouped by points alone: `600.123.456` may be a phone, `192.168.100.200` an address.
  private(set) var dotted = 0
  /// Those with a currency, `%` or a fraction.
  private(set) var strong = 0
  /// Those with a comma before the fraction and other than two digits behind, and nothing else that
  /// shows it: a list of ids may look so.
  private(set) var lists = 0
  /// Those with more digits than a number of four places holds.
  private(set) var tooLarge = Tally()
  /// Those with thousands and a fraction, or a currency.
  private(set) var proofs = 0

  struct Fits: Sendable {
    var wholes = 0
    /// Whole, and written so.
    var writtenWhole = 0
    var decimals = 0

    mutating func addWhole() {
      wholes += 1
      writtenWhole += 1
      decimals += 1
    }

    mutating func add(_ number: NumberText, _ mark: DecimalMark) {
      if number.whole(mark) != nil {
        wholes += 1
        if number.isWrittenWhole(mark) { writtenWhole += 1 }
      }
      if number.decimal(mark) != nil { decimals += 1 }
    }

    mutating func append(_ other: Fits) {
      wholes += other.wholes
      writtenWhole += other.writtenWhole
      decimals += other.decimals
    }
  }

  func fits(_ mark: DecimalMark) -> Fits {
    switch mark {
    case .point: point
    case .comma: comma
    }
  }

  /// A whole number of a few digits, but 0.
  mutating func addWhole() {
    count += 1
    point.addWhole()
    comma.addWhole()
  }

  mutating func add(_ number: NumberText, _ row: Int, _ text: ArraySlice<UInt8>) {
    count += 1
    point.add(number, .point)
    comma.add(number, .comma)
    let (asPoint, asComma) = (number.layout(.point), number.layout(.comma))
    let hasMarks = number.body.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    if hasMarks {
      if asComma == nil {
        onlyPoint.add(row, text)
      } else if asPoint == nil {
        onlyComma.add(row, text)
      } else {
        open.add(row, text)
      }
    }
    if number.isPercent { percents.add(row, text) }
    if !number.currency.isEmpty { currencies.add(row, number.currency) }
    if !number.isPercent, number.decimal(.point)?.units == 0 { zeros += 1 }
    if number.decimal(.point) == nil, number.decimal(.comma) == nil { tooLarge.add(row, text) }
    note(number, asPoint, asComma)
  }

  /// Notes how sure it is that it is a number.
  private mutating func note(
    _ number: NumberText, _ asPoint: NumberText.Layout?, _ asComma: NumberText.Layout?
  ) {
    let layout = asPoint == nil ? asComma : asComma == nil ? asPoint : nil
    let hasFraction = layout?.fraction ?? 0 > 0
    let hasCurrency = !number.currency.isEmpty
    let group = (asPoint ?? asComma)?.group ?? 0
    if hasCurrency || number.isPercent || hasFraction {
      strong += 1
    } else if group == UInt8(ascii: " ") || group == UInt8(ascii: "'") || number.isAccounting {
      weak += 1
    } else if group == UInt8(ascii: "."), asPoint == nil {
      dotted += 1
    }
    if hasCurrency || hasFraction && layout?.group ?? 0 != 0 {
      proofs += 1
    } else if asPoint == nil, asComma?.fraction != 2, asComma?.hasMark ?? false {
      lists += 1
    }
  }

  mutating func append(_ other: NumberCensus, base: Int) {
    count += other.count
    point.append(other.point)
    comma.append(other.comma)
    onlyPoint.append(other.onlyPoint, base: base)
    onlyComma.append(other.onlyComma, base: base)
    open.append(other.open, base: base)
    percents.append(other.percents, base: base)
    currencies.append(other.currencies, base: base)
    weak += other.weak
    tooLarge.append(other.tooLarge, base: base)
    zeros += other.zeros
    dotted += other.dotted
    strong += other.strong
    lists += other.lists
    proofs += other.proofs
  }
}

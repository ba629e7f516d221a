import SegqRecords

@testable import SegqFormats

/// The values of a column as a wish takes them, and the rows that do not fit it: all values are looked
/// at, one after the other, before any is read.
struct NaiveColumn {
  var type: DataType
  var values: [Value] = []
  var bad: [Int] = []
  var placeholders: [(row: Int, text: String)] = []
  var rounded = 0
  var isNoTime = false

  private typealias Cell = (row: Int, text: [UInt8])
  private typealias Read = (Cell) -> (value: Int64, isRounded: Bool)?

  /// `isSemicolon`: the fields are divided by `;`. `otherOrder` is that of the dates of other columns.
  init(
    _ texts: [[UInt8]?], _ wish: ColumnWish, _ settings: ReadingSettings, isSemicolon: Bool = false,
    otherOrder: DateOrder? = nil
  ) {
    let cells = Self.cells(texts)
    let reader = ValueReader(wish, settings)
    type = .text
    switch wish {
    case .text: setTexts(texts)
    case .id: setIDs(texts, cells)
    case .boolean:
      set(.boolean, texts, cells) { reader.boolean($0.text[...]).map { ($0 ? 1 : 0, false) } }
    case .integer, .decimal, .number:
      let form = Self.numbers(cells, reader, isSemicolon)
      setNumbers(wish == .integer ? .integer : .decimal, form, texts, cells, reader)
    case .time, .timeOnly:
      setTimes(Self.order(cells, reader, settings, otherOrder), texts, cells, reader, settings)
      guard wish == .time, bad.count * 2 > texts.count else { return }
      (bad, placeholders, values, type, isNoTime) = ([], [], [], .text, true)
      setTexts(texts)
    case .any: setAny(texts, cells, reader, settings, isSemicolon, otherOrder)
    }
  }

  private static func cells(_ texts: [[UInt8]?]) -> [Cell] {
    texts.enumerated().compactMap { row, text in
      guard let text else { return nil }
      let trimmed = Array(Blanks.trimmed(text[...]))
      return trimmed.isEmpty ? nil : (row, trimmed)
    }
  }

  // Texts.

  private mutating func setTexts(_ texts: [[UInt8]?]) {
    values = texts.map { text in
      text.map { .text(String(decoding: FormulaGuard.unguard($0[...]), as: UTF8.self)) } ?? .null
    }
  }

  private mutating func setIDs(_ texts: [[UInt8]?], _ cells: [Cell]) {
    let real = cells.filter { !Placeholder.isOne($0.text[...]) }
    if real.allSatisfy({ FieldParse.id($0.text[...]) != nil }) {
      return set(.integer, texts, cells) { FieldParse.id($0.text[...]).map { ($0, false) } }
    }
    values = texts.map { _ in .null }
    for cell in cells {
      let text = ValueReader.withoutApostrophe(
        Blanks.trimmed(FormulaGuard.unguard((texts[cell.row] ?? [])[...])))
      if text.isEmpty { continue }
      if Placeholder.isOne(text) {
        placeholders.append((cell.row, String(decoding: text, as: UTF8.self)))
      } else {
        values[cell.row] = .text(String(decoding: text, as: UTF8.self))
      }
    }
  }

  // Values of one type.

  private mutating func set(_ type: DataType, _ texts: [[UInt8]?], _ cells: [Cell], _ read: Read) {
    self.type = type
    values = texts.map { _ in .null }
    for cell in cells {
      if let (value, isRounded) = read(cell) {
        values[cell.row] = Value(value, as: type)
        if isRounded { rounded += 1 }
      } else if Placeholder.isOne(cell.text[...]) {
        placeholders.append((cell.row, String(decoding: cell.text, as: UTF8.self)))
      } else {
        bad.append(cell.row)
      }
    }
  }

  private struct NumberForm {
    var mark = DecimalMark.point
    var isPercent = false
  }

  private static func numbers(
    _ cells: [Cell], _ reader: ValueReader, _ isSemicolon: Bool
  ) -> NumberForm {
    let numbers = cells.compactMap { reader.number($0.text[...]) }
    let marked = numbers.filter { $0.body.contains { ".,".utf8.contains($0) } }
    let points = marked.count { $0.layout(.comma) == nil }
    let commas = marked.count { $0.layout(.point) == nil }
    var form = NumberForm()
    if commas > points || points == 0 && isSemicolon && !marked.isEmpty { form.mark = .comma }
    let bare = numbers.filter { !$0.isPercent && $0.decimal(.point)?.units != 0 }.count
    form.isPercent = numbers.contains { $0.isPercent } && bare * 20 <= numbers.count
    return form
  }

  private mutating func setNumbers(
    _ type: DataType, _ form: NumberForm, _ texts: [[UInt8]?], _ cells: [Cell],
    _ reader: ValueReader
  ) {
    set(type, texts, cells) { cell in
      guard let number = reader.number(cell.text[...]) else { return nil }
      if type == .integer { return number.whole(form.mark).map { ($0, false) } }
      guard let (value, isRounded) = number.decimal(form.mark),
        value == 0 || number.isPercent == form.isPercent
      else { return nil }
      return (value, isRounded)
    }
  }

  private static func order(
    _ cells: [Cell], _ reader: ValueReader, _ settings: ReadingSettings, _ other: DateOrder?
  ) -> DateOrder? {
    if let order = settings.dateOrder { return order }
    return decidedOrder(cells, reader) ?? other
  }

  /// What most of the values say that make sense in one order only.
  private static func decidedOrder(_ cells: [Cell], _ reader: ValueReader) -> DateOrder? {
    let times = cells.compactMap { reader.time($0.text[...]) }
    let days = times.count { $0.time(.monthFirst) == nil }
    let months = times.count { $0.time(.dayFirst) == nil }
    return days + months == 0 ? nil : days >= months ? .dayFirst : .monthFirst
  }

  private mutating func setTimes(
    _ order: DateOrder?, _ texts: [[UInt8]?], _ cells: [Cell], _ reader: ValueReader,
    _ settings: ReadingSettings
  ) {
    let real = cells.filter { !reader.isZeroTime($0.text[...]) }
    let times = real.compactMap { reader.time($0.text[...])?.time(order) }
    let hasClock = texts.isEmpty || times.contains { $0.clock != nil }
    set(hasClock ? .datetime : .date, texts, real) { cell in
      reader.time(cell.text[...])?.time(order).map {
        (hasClock ? $0.instant(in: settings.zone) : $0.day, false)
      }
    }
  }

  // Anything.

  private mutating func setAny(
    _ texts: [[UInt8]?], _ cells: [Cell], _ reader: ValueReader, _ settings: ReadingSettings,
    _ isSemicolon: Bool, _ otherOrder: DateOrder?
  ) {
    if texts.contains(where: { $0 != nil }), cells.isEmpty {
      return set(.integer, texts, []) { _ in nil }
    }
    let real = cells.filter { cell in
      reader.sort(cell.text[...]) != nil || reader.isZeroTime(cell.text[...])
        || !Placeholder.isOne(cell.text[...])
    }
    guard !real.isEmpty else { return setTexts(texts) }
    if let (type, form) = Self.anyNumbers(real, reader, isSemicolon) {
      return setNumbers(type, form, texts, cells, reader)
    }
    var times = self
    let order = Self.order(cells, reader, settings, otherOrder)
    times.setTimes(order, texts, cells, reader, settings)
    if times.bad.isEmpty { return self = times }
    if real.allSatisfy({ reader.boolean($0.text[...]) != nil }) {
      return set(.boolean, texts, cells) {
        reader.boolean($0.text[...]).map { ($0 ? 1 : 0, false) }
      }
    }
    setTexts(texts)
  }

  private static func anyNumbers(
    _ cells: [Cell], _ reader: ValueReader, _ isSemicolon: Bool
  ) -> (DataType, NumberForm)? {
    let numbers = cells.compactMap { reader.number($0.text[...]) }
    guard numbers.count == cells.count else { return nil }
    let form = Self.numbers(cells, reader, isSemicolon)
    guard numbers.contains(where: isStrong) || !numbers.contains(where: isWeak) else { return nil }
    guard
      numbers.contains(where: isStrong) || !numbers.contains(where: isDotted)
        || numbers.contains(where: \.isOpen)
    else { return nil }
    if form.mark == .comma, !isSemicolon, numbers.contains(where: isListLike),
      !numbers.contains(where: isProof)
    {
      return nil
    }
    if numbers.allSatisfy({ $0.isWrittenWhole(form.mark) && $0.whole(form.mark) != nil }) {
      return (.integer, form)
    }
    let fit = numbers.allSatisfy { number in
      guard number.decimal(form.mark) != nil else { return false }
      return number.isPercent == form.isPercent
        || form.isPercent && number.decimal(.point)?.units == 0
    }
    return fit ? (.decimal, form) : nil
  }

  /// Where the digits are, where that is clear.
  private static func clear(_ number: NumberText) -> NumberText.Layout? {
    let (point, comma) = (number.layout(.point), number.layout(.comma))
    return point == nil ? comma : comma == nil ? point : nil
  }

  private static func isStrong(_ number: NumberText) -> Bool {
    number.isPercent || !number.currency.isEmpty || clear(number)?.fraction ?? 0 > 0
  }

  private static func isWeak(_ number: NumberText) -> Bool {
    let group = (number.layout(.point) ?? number.layout(.comma))?.group ?? 0
    return !isStrong(number) && (number.isAccounting || " '".utf8.contains(group))
  }

  /// `600.123.456`
  private static func isDotted(_ number: NumberText) -> Bool {
    !isStrong(number) && !isWeak(number) && number.layout(.point) == nil
      && number.layout(.comma)?.group == UInt8(ascii: ".")
  }

  private static func isProof(_ number: NumberText) -> Bool {
    guard number.currency.isEmpty else { return true }
    guard let layout = clear(number) else { return false }
    return layout.fraction > 0 && layout.group != 0
  }

  private static func isListLike(_ number: NumberText) -> Bool {
    guard !isProof(number), number.layout(.point) == nil, let layout = number.layout(.comma) else {
      return false
    }
    return layout.hasMark && layout.fraction != 2
  }
}

/// All columns of a file: what one of them shows holds for others too.
enum NaiveTable {
  static func columns(
    _ csv: NaiveCSV, _ wishes: [ColumnWish], _ settings: ReadingSettings
  ) -> [NaiveColumn] {
    let texts = wishes.indices.map { i in csv.rows.map { $0[i] } }
    let isSemicolon = csv.delimiter == UInt8(ascii: ";") && wishes.count > 1
    let orders = Set(zip(texts, wishes).compactMap { NaiveColumn.told($0, $1, settings) })
    let other = orders.count == 1 ? orders.first : nil
    var columns = zip(texts, wishes).map {
      NaiveColumn($0, $1, settings, isSemicolon: isSemicolon, otherOrder: other)
    }
    readNulls(&columns, wishes)
    return columns
  }

  /// Texts that are null in columns of numbers, dates, booleans and ids are null in those of text.
  private static func readNulls(_ columns: inout [NaiveColumn], _ wishes: [ColumnWish]) {
    var words: Set<String> = []
    for (i, column) in columns.enumerated() where column.type != .text || wishes[i] == .id {
      words.formUnion(column.placeholders.map(\.text).filter { $0.contains(where: \.isLetter) })
    }
    for i in columns.indices where columns[i].type == .text && wishes[i] != .id {
      for (row, value) in columns[i].values.enumerated() {
        guard case .text(let text) = value, words.contains(text) else { continue }
        columns[i].values[row] = .null
        columns[i].placeholders.append((row, text))
      }
    }
  }
}

extension NaiveColumn {
  /// The order that the dates of a column tell.
  static func told(
    _ texts: [[UInt8]?], _ wish: ColumnWish, _ settings: ReadingSettings
  ) -> DateOrder? {
    guard settings.dateOrder == nil, wish == .any || wish.isTime else { return nil }
    let reader = ValueReader(wish, settings)
    let cells = cells(texts)
    if wish == .any {
      // A column of text tells nothing.
      let column = NaiveColumn(texts, wish, settings)
      guard column.type.isTemporal else { return nil }
    }
    return decidedOrder(cells, reader)
  }
}

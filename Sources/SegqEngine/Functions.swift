import SegqRecords

/// The functions of one row's values.
enum Functions {
  static func apply(
    _ function: ScalarFunction, _ arguments: [ColumnVector], _ type: DataType,
    _ clock: inout ZoneOffsets
  ) throws(EngineError) -> ColumnVector {
    guard function != .coalesce else { return coalesced(arguments, type) }
    guard let vector = arguments.first else { preconditionFailure("a function of nothing") }
    switch function {
    case .lower:
      return texts(vector, ofASCII: { $0.map(\.asciiLowercase)[...] }) { $0.lowercased() }
    case .upper:
      return texts(vector, ofASCII: { $0.map(\.asciiUppercase)[...] }) { $0.uppercased() }
    case .fold: return folded(vector)
    case .trim: return texts(vector, ofASCII: trimmed) { trimmed($0) }
    case .domain:
      return texts(vector, ofASCII: domain) { text in
        text.lastIndex(of: "@").map { String(text[text.index(after: $0)...]) }
      }
    case .length: return lengths(vector)
    case .part(let edges): return parts(vector, edges)
    case .datePart(.hour, _), .shift, .round, .bucket, .negate, .absolute:
      return numbers(vector, type) { compute(function, $0, vector.type) }
    case .datePart(let part, _):
      return figures(of: days(vector, &clock), type) { datePart(part, ofDay: $0) }
    case .truncate(let part, _):
      return figures(of: days(vector, &clock), type) { truncated(part, day: $0) }
    case .daysSince(let today, _):
      return figures(of: days(vector, &clock), type) { today - $0 }
    case .coalesce: preconditionFailure("handled above")
    }
  }

  /// The days of dates, and of instants on the clocks of the zone.
  static func days(_ vector: ColumnVector, _ clock: inout ZoneOffsets) -> ColumnVector {
    guard vector.type == .datetime, let instants = vector.numbers else { return vector }
    let days = instants.map { clock.day(of: $0) }
    return ColumnVector(type: .date, storage: .numbers(days), nulls: vector.nulls)
  }

  /// What hangs on the day alone, computed once for each day that is met.
  private static func figures(
    of vector: ColumnVector, _ type: DataType, _ body: (Int64) -> Int64
  ) -> ColumnVector {
    guard let days = vector.numbers, let low = days.min(), let high = days.max(),
      days.count > 1000, !high.subtractingReportingOverflow(low).overflow, high - low < 1 << 16
    else { return numbers(vector, type, body) }
    // No figure of a day is the least of all numbers.
    var known = [Int64](repeating: .min, count: Int(high - low) + 1)
    return numbers(vector, type) { day in
      let place = Int(truncatingIfNeeded: day &- low)
      if known[place] != .min { return known[place] }
      let figure = body(day)
      known[place] = figure
      return figure
    }
  }

  private static func compute(_ function: ScalarFunction, _ n: Int64, _ type: DataType) -> Int64 {
    switch function {
    case .datePart(_, let zone): return type == .datetime ? hour(n, zone) : 0
    case .shift(let days, let months, let zone): return shifted(n, days, months, type, zone)
    case .round(let places):
      // In units: decimals have four places, integers none.
      var step: Int128 = type == .integer ? 1 : 10_000
      for _ in 0..<max(0, min(4, places)) where step > 1 { step /= 10 }
      for _ in 0..<max(0, min(20, -places)) { step *= 10 }
      return Int64(clamping: Rounding.divide(Int128(n), step) * step)
    case .bucket(let size):
      let remainder = n % size
      let (low, isBelow) = n.subtractingReportingOverflow(
        remainder < 0 ? remainder + size : remainder)
      return isBelow ? .min : low
    case .negate: return n == .min ? .max : -n
    case .absolute: return n == .min ? .max : abs(n)
    case .lower, .upper, .fold, .length, .trim, .domain, .coalesce, .truncate, .daysSince, .part:
      preconditionFailure("a function of texts or of days")
    }
  }

  /// There are few edges; one after the other is a loop without branches.
  private static func parts(_ vector: ColumnVector, _ edges: [Int64]) -> ColumnVector {
    let numbers = vector.numbers ?? []
    var parts = [Int64](repeating: 0, count: numbers.count)
    for edge in edges {
      for i in numbers.indices { parts[i] &+= numbers[i] >= edge ? 1 : 0 }
    }
    return ColumnVector(type: .integer, storage: .numbers(parts), nulls: vector.nulls)
  }

  private static func day(_ n: Int64, _ type: DataType, _ zone: TimeZone) -> Int64 {
    type == .datetime ? zone.day(of: n) : n
  }

  private static func hour(_ n: Int64, _ zone: TimeZone) -> Int64 {
    (n + zone.offset(at: n) - zone.day(of: n) * 86_400) / 3600
  }

  private static func datePart(_ part: ScalarFunction.DatePart, ofDay day: Int64) -> Int64 {
    let date = CivilDate(days: day)
    return switch part {
    case .year: Int64(date.year)
    case .quarter: Int64((date.month - 1) / 3 + 1)
    case .month: Int64(date.month)
    case .week: isoWeek(day)
    case .day: Int64(date.day)
    case .weekday: Int64(date.weekday)
    case .hour: preconditionFailure("a day has no hour")
    }
  }

  /// The week of the year that its Thursday is in.
  private static func isoWeek(_ days: Int64) -> Int64 {
    let thursday = days - Int64(CivilDate(days: days).weekday) + 4
    let year = CivilDate(days: thursday).year
    return (thursday - CivilDate(year: year, month: 1, day: 1).days) / 7 + 1
  }

  private static func truncated(_ part: ScalarFunction.DatePart, day: Int64) -> Int64 {
    let date = CivilDate(days: day)
    return switch part {
    case .year: CivilDate(year: date.year, month: 1, day: 1).days
    case .quarter: CivilDate(year: date.year, month: (date.month - 1) / 3 * 3 + 1, day: 1).days
    case .month: CivilDate(year: date.year, month: date.month, day: 1).days
    case .week: day - Int64(date.weekday) + 1
    case .day, .weekday, .hour: day
    }
  }

  private static func shifted(
    _ n: Int64, _ days: Int, _ months: Int, _ type: DataType, _ zone: TimeZone
  ) -> Int64 {
    let from = day(n, type, zone)
    let to = CivilDate(days: from).adding(months: months).days + Int64(days)
    guard type == .datetime else { return to }
    let clock = n + zone.offset(at: n) - from * 86_400
    return zone.instant(local: to * 86_400 + clock)
  }

  private static func trimmed(_ text: String) -> String {
    let head = text.drop { $0.isWhitespace }
    guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(head[...last])
  }

  private static func numbers(
    _ vector: ColumnVector, _ type: DataType, _ body: (Int64) -> Int64
  ) -> ColumnVector {
    guard let numbers = vector.numbers else { preconditionFailure("a number is wanted") }
    return ColumnVector(type: type, storage: .numbers(numbers.map(body)), nulls: vector.nulls)
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    let head = text.drop(while: isBlank)
    guard let last = head.lastIndex(where: { !isBlank($0) }) else { return [] }
    return head[...last]
  }

  private static func domain(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    text.lastIndex(of: UInt8(ascii: "@")).map { text[($0 + 1)...] }
  }

  /// In characters, of which CRLF is one.
  private static func lengths(_ vector: ColumnVector) -> ColumnVector {
    let reader = TextReader(vector)
    let lengths = (0..<vector.count).map { row -> Int64 in
      let text = reader[row]
      let isPlain = text.allSatisfy { $0 < 0x80 && $0 != UInt8(ascii: "\r") }
      return Int64(isPlain ? text.count : String(decoding: text, as: UTF8.self).count)
    }
    return ColumnVector(type: .integer, storage: .numbers(lengths), nulls: vector.nulls)
  }

  /// A text of each text, or null. ASCII, which most texts are, is worked on as it lies.
  private static func texts(
    _ vector: ColumnVector, ofASCII plain: (ArraySlice<UInt8>) -> ArraySlice<UInt8>?,
    _ body: (String) -> String?
  ) -> ColumnVector {
    let reader = TextReader(vector)
    var result = TextVector()
    var nulls = vector.nulls ?? Bitmap(count: vector.count)
    for row in 0..<vector.count {
      let text = reader[row]
      if !nulls[row] {
        let made =
          text.allSatisfy { $0 < 0x80 }
          ? plain(text) : body(String(decoding: text, as: UTF8.self)).map { Array($0.utf8)[...] }
        if let made { result.bytes.append(contentsOf: made) } else { nulls[row] = true }
      }
      result.endText()
    }
    return ColumnVector(
      type: .text, storage: .texts(result), nulls: nulls.isEmpty ? nil : nulls)
  }

  private static func folded(_ vector: ColumnVector) -> ColumnVector {
    let reader = TextReader(vector)
    var result = TextVector()
    for row in 0..<vector.count {
      if !vector.isNull(row) { AccentFolding.append(reader[row], to: &result.bytes) }
      result.endText()
    }
    return ColumnVector(type: .text, storage: .texts(result), nulls: vector.nulls)
  }

  private static func coalesced(_ arguments: [ColumnVector], _ type: DataType) -> ColumnVector {
    let count = arguments.first?.count ?? 0
    let values = (0..<count).map { i in
      arguments.first { !$0.isNull(i) }?[i] ?? .null
    }
    return ColumnVector(values, type: type)
  }

  static func concatenated(_ a: ColumnVector, _ b: ColumnVector) -> ColumnVector {
    let (left, right) = (TextReader(a), TextReader(b))
    var texts = TextVector()
    for i in 0..<a.count {
      texts.bytes.append(contentsOf: left[i])
      texts.append(right[i])
    }
    return ColumnVector(type: .text, storage: .texts(texts), nulls: a.nulls.union(b.nulls))
  }

  /// The values as text.
  static func shown(_ vector: ColumnVector, _ zone: TimeZone) -> ColumnVector {
    guard let numbers = vector.numbers else { return vector }
    var texts = TextVector()
    for number in numbers {
      Value(number, as: vector.type).append(to: &texts.bytes, in: zone)
      texts.endText()
    }
    return ColumnVector(type: .text, storage: .texts(texts), nulls: vector.nulls)
  }
}

import SegqRecords

/// Values as every format writes them: `12.5`, `2024-01-31`, `2024-01-31 10:00:00`, `true`.
struct ValueText: Sendable {
  /// No number, date or truth value is longer.
  static let longest = 32

  private var zone: ZoneOffsets

  init(timeZone: TimeZone) { zone = ZoneOffsets(timeZone) }

  /// Appends the value of `type` that is carried as `number`. Text is not.
  mutating func append(_ number: Int64, as type: DataType, to out: inout OutputSpan<UInt8>) {
    switch type {
    case .integer: out.append(integer: number)
    case .decimal: out.append(decimal: number)
    case .date: out.append(day: number)
    case .datetime:
      let (day, second) = local(number)
      out.append(day: day)
      out.append(UInt8(ascii: " "))
      out.append(time: second)
    case .boolean: out.append(boolean: number != 0)
    case .text: preconditionFailure("text is not carried as a number")
    }
  }

  /// The same into an array.
  mutating func append(_ number: Int64, as type: DataType, to out: inout [UInt8]) {
    out.append(addingCapacity: Self.longest) { append(number, as: type, to: &$0) }
  }

  /// The day on the zone's calendar, and the second of that day.
  mutating func local(_ utc: Int64) -> (day: Int64, second: Int64) {
    // Nobody's clock shows the rest, and sums stay within 64 bits.
    let instant = min(max(utc, -1 << 56), 1 << 56)
    let local = instant + zone.offset(at: instant)
    let day = (local >= 0 ? local : local - 86_399) / 86_400
    return (day, local - day * 86_400)
  }
}

extension OutputSpan<UInt8> {
  mutating func append(integer number: Int64) {
    if number < 0 { append(UInt8(ascii: "-")) }
    append(digits: number.magnitude)
  }

  mutating func append(digits number: UInt64) {
    if number < 10 {
      append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number))
    } else if number < 100 {
      append(two: number)
    } else {
      append(digits: number / 100)
      append(two: number % 100)
    }
  }

  /// `07` for 7. The number is below 100.
  mutating func append(two number: UInt64) {
    append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
  }

  /// Ten-thousandths, without trailing zeros.
  mutating func append(decimal units: Int64) {
    if units < 0 { append(UInt8(ascii: "-")) }
    append(digits: units.magnitude / 10_000)
    let fraction = units.magnitude % 10_000
    guard fraction != 0 else { return }
    append(UInt8(ascii: "."))
    if fraction % 100 != 0 {
      append(two: fraction / 100)
      if fraction % 10 != 0 { return append(two: fraction % 100) }
      append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: fraction / 10 % 10))
    } else if fraction % 1000 != 0 {
      append(two: fraction / 100)
    } else {
      append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: fraction / 1000))
    }
  }

  /// `2024-01-31`; years before 0 with a minus, those after 9999 as long as they are.
  mutating func append(day: Int64) {
    let date = CivilDate(days: Swift.min(Swift.max(day, -1 << 40), 1 << 40))
    if date.year < 0 { append(UInt8(ascii: "-")) }
    let year = UInt64(date.year.magnitude)
    if year < 10_000 {
      append(two: year / 100)
      append(two: year % 100)
    } else {
      append(digits: year)
    }
    append(UInt8(ascii: "-"))
    append(two: UInt64(date.month))
    append(UInt8(ascii: "-"))
    append(two: UInt64(date.day))
  }

  /// `10:05:00`, of the second of a day.
  mutating func append(time second: Int64) {
    append(two: UInt64(second / 3600))
    append(UInt8(ascii: ":"))
    append(two: UInt64(second / 60 % 60))
    append(UInt8(ascii: ":"))
    append(two: UInt64(second % 60))
  }

  mutating func append(boolean: Bool) {
    append(ascii: boolean ? "true" : "false")
  }

  mutating func append(ascii text: String) {
    for byte in text.utf8 { append(byte) }
  }
}

public import SegqRecords

/// Dates as a shop's Admin shows them: `Oct 26, 2016, 3:00:57 PM`, on the clocks of the time zone.
///
/// A day without a time is shown at midnight, `12:00:00 AM`. ``FieldParse/time(_:order:)`` reads them.
public struct ShownTimes: Sendable {
  /// With the longest year that there is.
  private static let longest = 48

  fileprivate static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private var values: ValueText

  public init(timeZone: TimeZone) { values = ValueText(timeZone: timeZone) }

  /// The texts of days or instants.
  public mutating func texts(of column: ColumnVector) -> ColumnVector {
    guard case .numbers(let numbers) = column.storage else { return column }
    var texts = TextVector()
    texts.reserveCapacity(texts: numbers.count, bytes: numbers.count * 26)
    for row in numbers.indices {
      if !column.isNull(row) {
        let (day, second) =
          column.type == .date ? (numbers[row], 0) : values.local(numbers[row])
        texts.bytes.append(addingCapacity: Self.longest) { $0.append(shown: day, second) }
      }
      texts.endText()
    }
    return ColumnVector(type: .text, storage: .texts(texts), nulls: column.nulls)
  }
}

extension OutputSpan<UInt8> {
  fileprivate mutating func append(shown day: Int64, _ second: Int64) {
    let date = CivilDate(days: Swift.min(Swift.max(day, -1 << 40), 1 << 40))
    append(ascii: ShownTimes.months[date.month - 1])
    append(UInt8(ascii: " "))
    append(digits: UInt64(date.day))
    append(ascii: ", ")
    if date.year < 0 { append(UInt8(ascii: "-")) }
    append(digits: UInt64(date.year.magnitude))
    append(ascii: ", ")
    let hour = second / 3600
    append(digits: UInt64((hour + 11) % 12 + 1))
    append(UInt8(ascii: ":"))
    append(two: UInt64(second / 60 % 60))
    append(UInt8(ascii: ":"))
    append(two: UInt64(second % 60))
    // Newer ICU data has a narrow no-break space here; the files that are known have a plain one.
    append(ascii: hour < 12 ? " AM" : " PM")
  }
}

import SegqRecords

// Times that are counted: `1704448800`, `1704448800123`, `45296.5`; and days without marks, `20240105`.
extension TimeText {
  /// What the digits mean goes by how many there are: no two of these ranges meet.
  static func counted(_ text: ArraySlice<UInt8>, _ latitude: Latitude) -> TimeText? {
    guard case .sought(let serial) = latitude, text.count <= 27 else { return nil }
    let whole = text.prefix { $0.isDigit }
    let rest = text.dropFirst(whole.count)
    guard rest.isEmpty || rest.first == UInt8(ascii: ".") && rest.dropFirst().allSatisfy(\.isDigit),
      whole.count <= 17
    else { return nil }
    let number = whole.reduce(Int64(0)) { $0 * 10 + Int64($1 & 15) }
    if whole.count == 8 || whole.count == 14, rest.isEmpty {
      if let day = packed(number, hasClock: whole.count == 14) { return day }
    }
    if let serial, number < 2_958_466, !whole.isEmpty {
      return time(serial, number, fraction: rest.dropFirst())
    }
    return switch number {
    case 100_000_000..<100_000_000_000: instant(number, .seconds)
    case 100_000_000_000..<100_000_000_000_000: instant(number / 1000, .milliseconds)
    case 100_000_000_000_000..<100_000_000_000_000_000: instant(number / 1_000_000, .microseconds)
    default: nil
    }
  }

  private static func instant(_ seconds: Int64, _ count: CountedTime) -> TimeText {
    var time = TimeText(.fixed(seconds / 86_400))
    (time.clock, time.offset, time.count) = (seconds % 86_400, 0, count)
    return time
  }

  /// `20240105`, `20240105100000`: years of 1900–2199.
  private static func packed(_ number: Int64, hasClock: Bool) -> TimeText? {
    let days = Int(hasClock ? number / 1_000_000 : number)
    guard (1900..<2200).contains(days / 10_000),
      let date = CivilDate(validYear: days / 10_000, month: days / 100 % 100, day: days % 100)
    else { return nil }
    var time = TimeText(.fixed(date.days))
    guard hasClock else { return time }
    let (hour, minute, second) = (number / 10_000 % 100, number / 100 % 100, number % 100)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    time.clock = hour * 3600 + minute * 60 + second
    return time
  }

  private static func time(
    _ serial: SerialDays, _ number: Int64, fraction: ArraySlice<UInt8>
  ) -> TimeText {
    var time = TimeText(.fixed(serial.day(number)))
    time.count = .serialDays
    var (part, scale): (Int64, Int64) = (0, 1)
    for byte in fraction.prefix(12) { (part, scale) = (part * 10 + Int64(byte & 15), scale * 10) }
    if part > 0 { time.clock = (part * 86_400 + scale / 2) / scale }
    return time
  }
}

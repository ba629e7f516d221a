import SegqRecords

/// Dates as spreadsheets count them: days since the end of 1899, or since 1904 in old files of the
/// Macintosh, and parts of a day behind the point.
///
/// `45322` is `2024-01-31`, `45322.5` is `2024-01-31 12:00:00`, `0.25` is `06:00:00`.
enum SerialDate {
  /// The first day behind 9999, where spreadsheets end.
  private static let end = 2_958_466.0

  /// Nil where the number is no date of a spreadsheet, such as a negative one.
  static func text(_ number: ArraySlice<UInt8>, is1904: Bool) -> [UInt8]? {
    guard let serial = Double(String(decoding: number, as: UTF8.self)), serial >= 0, serial < end
    else { return nil }
    var days = Int(serial)
    var seconds = Int(((serial - Double(days)) * 86_400).rounded())
    if seconds == 86_400 { (days, seconds) = (days + 1, 0) }
    let hasClock = seconds != 0
    // A clock without a day; day 0 of 1904 is one.
    if days == 0, !is1904 { return clock(seconds) }
    let day = date(days, is1904: is1904)
    return hasClock ? day + [UInt8(ascii: " ")] + clock(seconds) : day
  }

  private static func date(_ days: Int, is1904: Bool) -> [UInt8] {
    // Lotus 1-2-3 took 1900 for a leap year, and Excel does to this day.
    if !is1904, days == 60 { return Array("1900-02-29".utf8) }
    let epoch =
      is1904
      ? CivilDate(year: 1904, month: 1, day: 1).days
      : CivilDate(year: 1899, month: 12, day: days < 60 ? 31 : 30).days
    let date = CivilDate(days: epoch + Int64(days))
    return padded(date.year, 4) + dash + padded(date.month, 2) + dash + padded(date.day, 2)
  }

  private static let dash = [UInt8(ascii: "-")]

  private static func clock(_ seconds: Int) -> [UInt8] {
    let colon = [UInt8(ascii: ":")]
    return padded(seconds / 3600, 2) + colon + padded(seconds / 60 % 60, 2) + colon
      + padded(seconds % 60, 2)
  }

  private static func padded(_ number: Int, _ width: Int) -> [UInt8] {
    let digits = Array(String(number).utf8)
    return [UInt8](repeating: UInt8(ascii: "0"), count: max(0, width - digits.count)) + digits
  }
}

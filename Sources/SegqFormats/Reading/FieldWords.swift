import SegqRecords

/// Reads the usual shapes of numbers and times eight bytes at a time.
///
/// Nil leaves a field to ``FieldParse``, which knows all shapes; what is read here, it reads to the
/// same value.
enum FieldWords {
  private static let zeros: UInt64 = 0x3030_3030_3030_3030

  /// Each byte 0–9 for a digit, the first digit lowest; nil if one is no digit.
  @inline(__always)
  private static func digits(_ word: UInt64) -> UInt64? {
    let values = word ^ zeros
    let isWrong = (values &+ 0x7676_7676_7676_7676 | values) & 0x8080_8080_8080_8080
    return isWrong == 0 ? values : nil
  }

  /// The number whose digits are the bytes, the first highest.
  @inline(__always)
  private static func number(_ digits: UInt64) -> UInt64 {
    let pairs = digits &* 10 &+ digits >> 8
    let high = (pairs & 0xFF_0000_00FF) &* 0xF_4240_0000_0064
    let low = (pairs >> 16 & 0xFF_0000_00FF) &* 0x2710_0000_0001
    return (high &+ low) >> 32
  }

  /// Up to eight digits, which are the first bytes of the word.
  @inline(__always)
  private static func number(_ word: UInt64, count: Int) -> UInt64? {
    let shift = UInt64(64 &- 8 &* count)
    // The digits before the first are zeros.
    return digits(word &<< shift | zeros &>> (64 &- shift) & (shift == 0 ? 0 : .max)).map(number)
  }

  /// `42`, `1234567890`: up to 16 digits without a sign.
  @inline(__always)
  static func integer(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    let count = end &- start
    guard count > 0, count <= 16 else { return nil }
    let word = bytes.word(start)
    if word & 0xFF == UInt64(UInt8(ascii: "0")), count > 1 { return nil }
    if count <= 8 { return number(word, count: count).map { Int64(bitPattern: $0) } }
    guard let high = number(word, count: 8),
      let low = number(bytes.word(start &+ 8), count: count &- 8)
    else { return nil }
    return Int64(bitPattern: high &* powers[count &- 8] &+ low)
  }

  private static let powers: InlineArray<9, UInt64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]

  /// `143.40`, `12`, `0.5` in ten-thousandths: up to 14 digits and four places, without a sign.
  @inline(__always)
  static func decimal(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int64? {
    let point = UInt8(ascii: ".")
    let count = end &- start
    guard count > 0, count <= 14 else { return nil }
    if count > 3, bytes[end &- 3] == point { return decimal(bytes, start, end, places: 2) }
    if count > 5, bytes[end &- 5] == point { return decimal(bytes, start, end, places: 4) }
    if count > 2, bytes[end &- 2] == point { return decimal(bytes, start, end, places: 1) }
    if count > 4, bytes[end &- 4] == point { return decimal(bytes, start, end, places: 3) }
    return integer(bytes, start, end).map { $0 &* 10_000 }
  }

  @inline(__always)
  private static func decimal(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, places: Int
  ) -> Int64? {
    guard let whole = integer(bytes, start, end &- places &- 1),
      let fraction = number(bytes.word(end &- places), count: places)
    else { return nil }
    return whole &* 10_000 &+ Int64(bitPattern: fraction &* powers[4 &- places])
  }
}

/// Reads `2024-01-31` and `2024-01-31 10:00:00`; any other shape, and years before 1900 and after
/// 2099, are left to ``FieldParse``.
struct ClockWords {
  /// The day on which each month begins, the first of 1900 first, and the month behind the last.
  private static let months: [Int32] = (0...12 * 200).map { month in
    Int32(CivilDate(year: 1900 + month / 12, month: month % 12 + 1, day: 1).days)
  }

  private let months = Self.months

  /// The day; nil where the ten bytes are none.
  @inline(__always)
  func day(_ bytes: Span<UInt8>, _ start: Int) -> Int64? {
    let word = bytes.word(start)
    guard word & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    // `2024001001`: the marks as zeros.
    let digits = (word ^ 0x2D30_302D_3030_3030)
    let lastTwo = bytes.word(start &+ 2) >> 48 ^ 0x3030
    guard Self.areDigits(digits), Self.areDigits(lastTwo) else { return nil }
    let pairs = digits &* 10 &+ digits >> 8
    let year = Int(truncatingIfNeeded: (pairs & 0xFF) &* 100 &+ (pairs >> 16 & 0xFF))
    let month = Int(truncatingIfNeeded: pairs >> 40 & 0xFF)
    let day = Int(truncatingIfNeeded: (lastTwo & 0xFF) &* 10 &+ lastTwo >> 8)
    guard year >= 1900, year < 2100, month >= 1, month <= 12, day >= 1 else { return nil }
    let place = (year &- 1900) &* 12 &+ month &- 1
    let first = Int(months[place])
    guard first &+ day <= Int(months[place &+ 1]) else { return nil }
    return Int64(first &+ day &- 1)
  }

  /// The seconds after midnight of `10:00:00`; nil where the eight bytes are none.
  @inline(__always)
  func clock(_ bytes: Span<UInt8>, _ start: Int) -> Int64? {
    let digits = bytes.word(start) ^ 0x3030_3A30_303A_3030
    guard digits & 0x0000_FF00_00FF_0000 == 0, Self.areDigits(digits) else { return nil }
    let pairs = digits &* 10 &+ digits >> 8
    let hour = Int64(bitPattern: pairs & 0xFF)
    let minute = Int64(bitPattern: pairs >> 24 & 0xFF)
    let second = Int64(bitPattern: pairs >> 48 & 0xFF)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return hour &* 3600 &+ minute &* 60 &+ second
  }

  /// Whether each byte is 0–9.
  @inline(__always)
  private static func areDigits(_ word: UInt64) -> Bool {
    (word &+ 0x7676_7676_7676_7676 | word) & 0x8080_8080_8080_8080 == 0
  }
}

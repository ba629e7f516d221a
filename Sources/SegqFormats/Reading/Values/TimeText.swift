import SegqRecords

/// A day or a time as people and programs write it, read as far as it can be without the other values
/// of its column: `01/02/2024` is open until ``time(_:)`` is given an order.
///
/// - `2024-01-31`, `2024-01-31 10:00:00.123 UTC`, `2024-01-31T10:00:00+02:00`, `2024/1/5`
/// - `1/31/2024`, `31-01-2024`, `31.01.2024, 10:00`, `10/3/15 9:42 PM`
/// - `Oct 26, 2016, 3:00:57 PM`, `5 janv. 2024`, `5 de enero de 2024`, `05-Jan-2024`
/// - `Fri, 05 Jan 2024 10:00:00 +0000`, `Fri Jan  5 10:00:00 UTC 2024`
/// - where times are sought (``Latitude/sought``): `20240105`, `20240105100000`, `05.01.24`,
///   `1704448800` and `1704448800123` since 1970, and the serial days of a workbook, `45296.5`
struct TimeText: Sendable {
  /// What may be taken for a time.
  enum Latitude: Sendable, Hashable {
    /// Only what is nothing else: the column may hold anything.
    case unmistakable
    /// The column is known to hold times.
    case sought(SerialDays?)

    var isSought: Bool { self != .unmistakable }
  }

  enum Day: Sendable, Hashable {
    case fixed(Int64)
    /// Two numbers of which one is the month.
    case open(first: Int, second: Int, year: Int, mark: UInt8)
  }

  var day: Day
  /// Seconds after midnight; 86,400 for `24:00`. Nil for a day alone.
  var clock: Int64?
  /// Seconds east of UTC, where the text says.
  var offset: Int64?
  /// Written as the Admin shows it, and so on the clocks of the shop.
  var isLocal = false
  var count: CountedTime?

  init(_ day: Day) { self.day = day }

  /// Nil if the text is no time. The text has no blanks around it. O(n).
  init?(_ text: ArraySlice<UInt8>, _ latitude: Latitude) {
    guard let first = text.first, text.count <= 80 else { return nil }
    if let usual = TimeText(usual: text) {
      self = usual
      return
    }
    if first.isDigit || first == UInt8(ascii: "-") {
      if let count = Self.counted(text, latitude) {
        self = count
        return
      }
    }
    var scanner = TimeScanner(rest: text, isSought: latitude.isSought)
    guard let time = scanner.time() else { return nil }
    self = time
  }

  /// The time, its day and month in that order; nil if there is no such day. Without an order the month
  /// comes first, except where points are between.
  func time(_ order: DateOrder?) -> ParsedTime? {
    let days: Int64
    switch day {
    case .fixed(let day): days = day
    case .open(let first, let second, let year, let mark):
      let order = order ?? (mark == UInt8(ascii: ".") ? .dayFirst : .monthFirst)
      let (month, day) = order == .monthFirst ? (first, second) : (second, first)
      guard let date = CivilDate(validYear: year, month: month, day: day) else { return nil }
      days = date.days
    }
    var result = ParsedTime(day: days)
    (result.clock, result.offset, result.isLocal) = (clock, offset, isLocal)
    return result
  }

  /// Whether an order has to be known.
  var isOpen: Bool {
    switch day {
    case .open: true
    case .fixed: false
    }
  }
}

/// What is counted instead of a date being written.
public enum CountedTime: Sendable, Hashable {
  /// Since 1970.
  case seconds, milliseconds, microseconds
  case serialDays
}

/// From when on a workbook counts its days.
public enum SerialDays: Sendable, Hashable {
  /// 1 is 1 January 1900, and 29 February 1900 is counted though there was none.
  case from1900
  /// 0 is 1 January 1904.
  case from1904

  /// Days since 1970-01-01.
  func day(_ serial: Int64) -> Int64 {
    switch self {
    case .from1900: serial - 25_569 + (serial < 60 ? 1 : 0)
    case .from1904: serial - 24_107
    }
  }
}

/// A time zone: what to add to UTC, and since when.
///
/// Read from the system's compiled files (TZif, RFC 8536); for times after their last transition
/// the rule in their footer holds (`CET-1CEST,M3.5.0,M10.5.0/3`).
public struct TimeZone: Sendable, Hashable {
  /// As the user gave it: `Europe/Paris`.
  public let name: String
  private var transitions: [Int64] = []
  private var offsets: [Int64] = []
  private var first: Int64 = 0
  private var rule: Rule?

  public static let utc = TimeZone(name: "UTC", offset: 0)

  /// A zone that is always `offset` seconds east of UTC.
  public init(name: String, offset: Int64) {
    self.name = name
    first = offset
  }

  /// Seconds to add to UTC at that instant.
  public func offset(at utc: Int64) -> Int64 {
    guard let last = transitions.last else { return rule?.offset(at: utc) ?? first }
    if utc >= last, let rule { return rule.offset(at: utc) }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= utc { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? first : offsets[low - 1]
  }

  /// The instant at which clocks show `local` (seconds as if it were UTC).
  ///
  /// A time that comes twice means the first; one that is skipped means as much after the jump.
  public func instant(local: Int64) -> Int64 {
    let before = offset(at: local - 86_400)
    if offset(at: local - before) == before { return local - before }
    let after = offset(at: local + 86_400)
    if offset(at: local - after) == after { return local - after }
    return local - before
  }

  /// The instant at which the day (days since 1970-01-01) begins.
  public func startOfDay(_ day: Int64) -> Int64 { instant(local: day * 86_400) }

  /// The day on which the instant falls.
  public func day(of utc: Int64) -> Int64 {
    let local = utc + offset(at: utc)
    return local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
  }
}

extension TimeZone {
  /// Reads a compiled zone file; nil where it is none.
  public init?(name: String, tzif: [UInt8]) {
    var reader = ByteReader(bytes: tzif)
    guard let old = Header(&reader) else { return nil }
    guard old.version >= UInt8(ascii: "2") else {
      self.init(name: name, &reader, old, wide: false)
      return
    }
    reader.position += old.bodySize(wide: false)
    guard let new = Header(&reader) else { return nil }
    self.init(name: name, &reader, new, wide: true)
    guard reader.next() == UInt8(ascii: "\n") else { return }
    let footer = tzif[reader.position...].prefix { $0 != UInt8(ascii: "\n") }
    rule = Rule(footer)
  }

  private init?(name: String, _ reader: inout ByteReader, _ header: Header, wide: Bool) {
    self.name = name
    guard reader.bytes.count >= reader.position + header.bodySize(wide: wide),
      header.typeCount > 0
    else { return nil }
    for _ in 0..<header.timeCount { transitions.append(reader.integer(wide ? 8 : 4)) }
    let kinds = (0..<header.timeCount).map { _ in Int(reader.integer(1) & 0xff) }
    let types = (0..<header.typeCount).map { _ in
      let offset = reader.integer(4)
      reader.position += 2
      return offset
    }
    guard kinds.allSatisfy({ $0 < types.count }) else { return nil }
    reader.position +=
      header.charCount + header.leapCount * (wide ? 12 : 8) + header.standardCount
      + header.utcCount
    offsets = kinds.map { types[$0] }
    first = types[0]
  }

  private struct Header {
    let version: UInt8
    let utcCount, standardCount, leapCount, timeCount, typeCount, charCount: Int

    init?(_ reader: inout ByteReader) {
      guard reader.bytes.count >= reader.position + 44,
        reader.bytes[reader.position..<reader.position + 4].elementsEqual("TZif".utf8)
      else { return nil }
      version = reader.bytes[reader.position + 4]
      reader.position += 20
      let counts = (0..<6).map { _ in Int(reader.integer(4)) }
      guard counts.allSatisfy({ $0 >= 0 && $0 < 1 << 20 }) else { return nil }
      (utcCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
      (timeCount, typeCount, charCount) = (counts[3], counts[4], counts[5])
    }

    func bodySize(wide: Bool) -> Int {
      timeCount * (wide ? 9 : 5) + typeCount * 6 + charCount + leapCount * (wide ? 12 : 8)
        + standardCount + utcCount
    }
  }

  private struct ByteReader {
    let bytes: [UInt8]
    var position = 0

    mutating func next() -> UInt8? {
      guard position < bytes.count else { return nil }
      position += 1
      return bytes[position - 1]
    }

    /// Big-endian, signed.
    mutating func integer(_ size: Int) -> Int64 {
      var value: Int64 = bytes[position] >= 0x80 ? -1 : 0
      for byte in bytes[position..<position + size] { value = value << 8 | Int64(byte) }
      position += size
      return value
    }
  }
}

extension TimeZone {
  /// The POSIX rule of a footer: standard time, and perhaps summer time between two dates a year.
  private struct Rule: Hashable {
    var standard: Int64
    var summer: Summer?

    struct Summer: Hashable {
      var offset: Int64
      var start: Change
      var end: Change
    }

    struct Change: Hashable {
      enum Day: Hashable {
        case weekday(month: Int, week: Int, weekday: Int)
        /// 1–365, never counting 29 February.
        case julian(Int)
        /// 0–365.
        case ordinal(Int)
      }
      var day: Day
      /// Seconds after midnight, local.
      var time: Int64

      /// Seconds since 1970 on the wall clock before the change.
      func local(year: Int) -> Int64 {
        let newYear = CivilDate(year: year, month: 1, day: 1).days
        let days: Int64
        switch day {
        case .weekday(let month, let week, let weekday):
          let first = CivilDate(year: year, month: month, day: 1)
          var day = 1 + (weekday - first.weekday % 7 + 7) % 7 + (week - 1) * 7
          if day > CivilDate.length(ofMonth: month, year: year) { day -= 7 }
          days = CivilDate(year: year, month: month, day: day).days
        case .julian(let n):
          let isLeap = CivilDate.length(ofMonth: 2, year: year) == 29
          days = newYear + Int64(n - 1 + (isLeap && n >= 60 ? 1 : 0))
        case .ordinal(let n): days = newYear + Int64(n)
        }
        return days * 86_400 + time
      }
    }

    func offset(at utc: Int64) -> Int64 {
      guard let summer else { return standard }
      let local = utc + standard
      let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
      let year = CivilDate(days: day).year
      let start = summer.start.local(year: year) - standard
      let end = summer.end.local(year: year) - summer.offset
      let isSummer = start < end ? utc >= start && utc < end : utc >= start || utc < end
      return isSummer ? summer.offset : standard
    }

    init?(_ text: ArraySlice<UInt8>) {
      var rest = text
      guard Self.skipName(&rest), let offset = Self.time(&rest) else { return nil }
      standard = -offset
      guard !rest.isEmpty else { return }
      guard Self.skipName(&rest) else { return nil }
      var summerOffset = standard + 3600
      if rest.first != UInt8(ascii: ",") {
        guard let offset = Self.time(&rest) else { return nil }
        summerOffset = -offset
      }
      guard let start = Self.change(&rest), let end = Self.change(&rest) else { return nil }
      summer = Summer(offset: summerOffset, start: start, end: end)
    }

    private static func skipName(_ rest: inout ArraySlice<UInt8>) -> Bool {
      if rest.first == UInt8(ascii: "<") {
        guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
        rest = rest[(close + 1)...]
        return true
      }
      let name = rest.prefix {
        ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
      }
      rest = rest.dropFirst(name.count)
      return name.count >= 3
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
      let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.prefix(4)
      rest = rest.dropFirst(digits.count)
      return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// `[+-]h[:m[:s]]` in seconds.
    private static func time(_ rest: inout ArraySlice<UInt8>) -> Int64? {
      let isNegative = rest.first == UInt8(ascii: "-")
      if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
      guard let hours = number(&rest) else { return nil }
      var seconds = hours * 3600
      for unit in [60, 1] where rest.first == UInt8(ascii: ":") {
        rest = rest.dropFirst()
        guard let part = number(&rest) else { return nil }
        seconds += part * unit
      }
      return Int64(isNegative ? -seconds : seconds)
    }

    private static func change(_ rest: inout ArraySlice<UInt8>) -> Change? {
      guard rest.popFirst() == UInt8(ascii: ","), let mark = rest.first else { return nil }
      let day: Change.Day
      switch mark {
      case UInt8(ascii: "M"):
        rest = rest.dropFirst()
        guard let month = number(&rest), rest.popFirst() == UInt8(ascii: "."),
          let week = number(&rest), rest.popFirst() == UInt8(ascii: "."),
          let weekday = number(&rest), (1...12).contains(month), (1...5).contains(week),
          (0...6).contains(weekday)
        else { return nil }
        day = .weekday(month: month, week: week, weekday: weekday)
      case UInt8(ascii: "J"):
        rest = rest.dropFirst()
        guard let n = number(&rest) else { return nil }
        day = .julian(n)
      default:
        guard let n = number(&rest) else { return nil }
        day = .ordinal(n)
      }
      guard rest.first == UInt8(ascii: "/") else { return Change(day: day, time: 7200) }
      rest = rest.dropFirst()
      guard let seconds = time(&rest) else { return nil }
      return Change(day: day, time: seconds)
    }
  }
}

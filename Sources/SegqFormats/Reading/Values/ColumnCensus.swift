import SegqRecords

/// What the values of a column are, counted over all of them before it is decided how they are read.
///
/// The counts of parts add up, and so the decision does not depend on where a file is cut.
struct ColumnCensus: Sendable {
  /// Neither null nor placeholders.
  private(set) var count = 0
  /// Those that the column can't hold, however it is written.
  private(set) var strange = 0
  private(set) var booleans = 0
  /// `0000-00-00`: null among dates.
  private(set) var zeroTimes = 0
  private(set) var numbers = NumberCensus()
  private(set) var times = TimeCensus()

  mutating func add(_ sort: ValueReader.Sort?, _ row: Int, _ text: ArraySlice<UInt8>) {
    count += 1
    switch sort {
    case nil: strange += 1
    case .number(let number): numbers.add(number, row, text)
    case .time(let time): times.add(time, row, text)
    case .boolean: booleans += 1
    }
  }

  /// Values that need no closer look.
  enum Usual {
    /// A whole number of a few digits, but 0.
    case whole
    case day
    case time
  }

  mutating func add(_ usual: Usual) {
    count += 1
    switch usual {
    case .whole: numbers.addWhole()
    case .day: times.add(hasClock: false)
    case .time: times.add(hasClock: true)
    }
  }

  mutating func addZeroTime() { zeroTimes += 1 }

  mutating func addTime(hasClock: Bool) {
    count += 1
    times.add(hasClock: hasClock)
  }

  mutating func append(_ other: ColumnCensus, base: Int) {
    count += other.count
    strange += other.strange
    booleans += other.booleans
    zeroTimes += other.zeroTimes
    numbers.append(other.numbers, base: base)
    times.append(other.times, base: base)
  }
}

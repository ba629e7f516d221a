/// What times look like.
struct TimeCensus: Sendable {
  private(set) var count = 0
  /// Those with a clock, by whether they make sense in either order or in one alone.
  private(set) var clocks = 0
  private(set) var dayFirstClocks = 0
  private(set) var monthFirstClocks = 0
  /// Those that only make sense with the day first, `13/02/2024`, and with the month first.
  private(set) var onlyDayFirst = Tally()
  private(set) var onlyMonthFirst = Tally()
  /// Those that make two days: `01/02/2024`.
  private(set) var open = Tally()
  /// How many of these have points between, which put the day first.
  private(set) var openPoints = 0
  /// Those that are counted since 1970, or serial days of a workbook.
  private(set) var counted = Tally()
  private(set) var countedAs: CountedTime?

  mutating func add(hasClock: Bool) {
    count += 1
    if hasClock { clocks += 1 }
  }

  mutating func add(_ time: TimeText, _ row: Int, _ text: ArraySlice<UInt8>) {
    count += 1
    if let kind = time.count {
      counted.add(row, text)
      if countedAs == nil { countedAs = kind }
    }
    let clock = time.clock == nil ? 0 : 1
    guard case .open(let first, let second, _, let mark) = time.day else { return clocks += clock }
    if time.time(.monthFirst) == nil {
      onlyDayFirst.add(row, text)
      dayFirstClocks += clock
    } else if time.time(.dayFirst) == nil {
      onlyMonthFirst.add(row, text)
      monthFirstClocks += clock
    } else {
      clocks += clock
      guard first != second else { return }
      open.add(row, text)
      if mark == UInt8(ascii: ".") { openPoints += 1 }
    }
  }

  mutating func append(_ other: TimeCensus, base: Int) {
    count += other.count
    clocks += other.clocks
    dayFirstClocks += other.dayFirstClocks
    monthFirstClocks += other.monthFirstClocks
    onlyDayFirst.append(other.onlyDayFirst, base: base)
    onlyMonthFirst.append(other.onlyMonthFirst, base: base)
    open.append(other.open, base: base)
    openPoints += other.openPoints
    counted.append(other.counted, base: base)
    if countedAs == nil { countedAs = other.countedAs }
  }
}

import SegqRecords

// Times in the usual ways.
extension ColumnParser {
  /// Days where none of them has a clock.
  mutating func readTimes(
    _ block: FieldBlock, _ column: Int, _ wish: ColumnWish, isDays: Bool,
    into part: inout ColumnPart
  ) -> Bool {
    var hasClock = false
    let kind = isDays ? ValueKind.date : .datetime
    readUsualTimes(block, column, isDays: isDays, &hasClock, into: &part)
    if !(isDays && hasClock) {
      let (zone, order) = (settings.zone, settings.dateOrder)
      let fits = readOdd(block, column, kind, wish, into: &part, isGuess: wish == .any) {
        text, reader, part in
        guard let time = reader.time(text) else { return .misfit }
        if time.count != nil || time.isOpen && order == nil {
          return wish == .any ? .misfit : .open
        }
        guard let time = time.time(order) else { return .misfit }
        if time.clock != nil { hasClock = true }
        guard isDays else { return .value(time.instant(in: zone)) }
        if time.isLocal { part.hasShopDays = true }
        return .value(time.day)
      }
      guard fits, isDays, hasClock, !part.needsCensus else { return fits }
    }
    part.reset(rowCount: block.rowCount)
    return readTimes(block, column, wish, isDays: false, into: &part)
  }

  /// Reads `2024-01-31` and `2024-01-31 10:00:00`.
  mutating func readUsualTimes(
    _ block: FieldBlock, _ column: Int, isDays: Bool, _ hasClock: inout Bool,
    into part: inout ColumnPart
  ) {
    let clocks = clocks
    var foundClock = false
    readUsual(block, column, into: &part) { bytes, start, end in
      guard end &- start == 10 || end &- start == 19, let day = clocks.day(bytes, start) else {
        return nil
      }
      if end &- start == 10 { return isDays ? day : day &* 86_400 }
      let gap = bytes[start &+ 10]
      guard gap == UInt8(ascii: " ") || gap == UInt8(ascii: "T"),
        let clock = clocks.clock(bytes, start &+ 11)
      else { return nil }
      foundClock = true
      return day &* 86_400 &+ clock
    }
    if foundClock { hasClock = true }
  }
}

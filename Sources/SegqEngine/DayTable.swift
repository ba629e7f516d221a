import SegqRecords

/// The local day of any instant between two, by a look into a table.
///
/// Time is cut into periods of 2¹⁶ seconds, 18 hours, in which at most one day begins. What stands
/// for a day is its place among all days from first to last, or a code that it leads to.
struct DayTable: Sendable {
  private struct Period: Sendable {
    /// The instant at which the second day begins.
    var boundary: Int64
    var before: Int32
    var after: Int32
  }

  private var periods: [Period] = []
  private let firstPeriod: Int64
  /// The instant at which each day begins.
  let starts: [Int64]

  var dayCount: Int { starts.count }

  /// Nil where clocks once went back over midnight, so that a day came twice, or where there are
  /// too many.
  init?(_ zone: TimeZone, _ instants: ClosedRange<Int64>) {
    let (low, high) = (instants.lowerBound >> 16, instants.upperBound >> 16)
    guard !high.subtractingReportingOverflow(low).overflow, high - low < 1 << 16 else { return nil }
    firstPeriod = low
    let firstDay = zone.day(of: low << 16)
    let lastDay = zone.day(of: high << 16 | 0xFFFF)
    starts = (firstDay...lastDay).map { zone.startOfDay($0) }
    for period in low...high {
      let (start, end) = (period << 16, period << 16 | 0xFFFF)
      let (before, after) = (zone.day(of: start), zone.day(of: end))
      let boundary = after > before ? zone.startOfDay(after) : .max
      periods.append(
        Period(
          boundary: boundary, before: Int32(truncatingIfNeeded: before - firstDay),
          after: Int32(truncatingIfNeeded: after - firstDay)))
      guard zone.offset(at: start) != zone.offset(at: end) else { continue }
      let isRight = stride(from: start, through: end, by: 900).allSatisfy { instant in
        zone.day(of: instant) == (instant < boundary ? before : after)
      }
      guard isRight else { return nil }
    }
  }

  /// The place, or what it leads to, of the day of an instant; of those outside of any day.
  @inline(__always)
  subscript(_ instant: Int64) -> Int32 {
    let last = UInt64(periods.count - 1)
    let place = min(UInt64(bitPattern: instant >> 16 &- firstPeriod), last)
    let period = periods[Int(truncatingIfNeeded: place)]
    return instant < period.boundary ? period.before : period.after
  }

  /// The same with codes in the place of days.
  func leading(to codes: [Int32]) -> DayTable {
    var table = self
    for i in periods.indices {
      table.periods[i].before = codes[Int(periods[i].before)]
      table.periods[i].after = codes[Int(periods[i].after)]
    }
    return table
  }
}

/// A time zone that remembers its offsets, for columns of millions of instants.
///
/// Time is cut into periods of 2¹⁶ seconds. One that begins and ends with the same offset has it
/// throughout; in the few others the zone is asked each time.
public struct ZoneOffsets: Sendable {
  public let zone: TimeZone
  private static let slotCount = 4096

  private var periods: [Int64] = []
  private var offsets: [Int64] = []

  public init(_ zone: TimeZone) { self.zone = zone }

  /// Seconds to add to UTC at that instant.
  public mutating func offset(at utc: Int64) -> Int64 {
    let period = utc >> 16
    let slot = Int(truncatingIfNeeded: period) & (Self.slotCount - 1)
    if slot < periods.count, periods[slot] == period { return offsets[slot] }
    return ask(utc, period: period, slot: slot)
  }

  /// The day on which the instant falls.
  public mutating func day(of utc: Int64) -> Int64 {
    let local = utc + offset(at: utc)
    return (local >= 0 ? local : local - 86_399) / 86_400
  }

  private mutating func ask(_ utc: Int64, period: Int64, slot: Int) -> Int64 {
    let start = period << 16
    let offset = zone.offset(at: start)
    guard offset == zone.offset(at: start + 0xffff) else { return zone.offset(at: utc) }
    if periods.isEmpty {
      periods = [Int64](repeating: .min, count: Self.slotCount)
      offsets = [Int64](repeating: 0, count: Self.slotCount)
    }
    periods[slot] = period
    offsets[slot] = offset
    return offset
  }
}

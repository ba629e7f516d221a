import SegqRecords
import SegqSystem

/// Time zones by name, from the system's files.
enum Zones {
  static func named(_ name: String) -> TimeZone? {
    if name.uppercased() == "UTC" { return .utc }
    return Environment.zoneFile(name).flatMap { TimeZone(name: name, tzif: $0) }
  }

  /// The machine's; UTC where it has none.
  static var machine: TimeZone {
    guard let (name, file) = Environment.machineZone else { return .utc }
    return TimeZone(name: name == "Etc/UTC" ? "UTC" : name, tzif: file) ?? .utc
  }
}

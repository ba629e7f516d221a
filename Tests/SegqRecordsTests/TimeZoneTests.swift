import Foundation
import Testing

@testable import SegqRecords

@Suite("Dates and clocks")
struct TimeZoneTests {
  @Test("Days count on one by one through the calendar")
  func civilDates() {
    var expected = CivilDate(year: 1599, month: 12, day: 31)
    for days in CivilDate(year: 1600, month: 1, day: 1)
      .days...CivilDate(year: 2400, month: 1, day: 1).days
    {
      expected.day += 1
      if expected.day > CivilDate.length(ofMonth: expected.month, year: expected.year) {
        expected =
          expected.month == 12
          ? CivilDate(year: expected.year + 1, month: 1, day: 1)
          : CivilDate(year: expected.year, month: expected.month + 1, day: 1)
      }
      guard CivilDate(days: days) == expected, expected.days == days else {
        Issue.record("day \(days) is \(CivilDate(days: days)), not \(expected)")
        return
      }
    }
    #expect(CivilDate(year: 2026, month: 11, day: 24).weekday == 2)
    #expect(
      CivilDate(year: 2024, month: 3, day: 31).adding(months: -1)
        == CivilDate(year: 2024, month: 2, day: 29))
  }

  @Test(
    "Offsets equal those of Python's zoneinfo from 1900 to 2150",
    arguments: [
      "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata",
      "America/Sao_Paulo", "Africa/Casablanca", "Europe/Dublin", "Pacific/Apia", "UTC",
    ])
  func offsets(name: String) throws {
    let file = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name))
    let zone = try #require(TimeZone(name: name, tzif: Array(file)))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script, name]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(separator: "\n").map {
      $0.split(separator: " ").compactMap { Int64($0) }
    }
    #expect(lines.count > 5000)
    for line in lines where zone.offset(at: line[0]) != line[1] {
      Issue.record("at \(line[0]) \(name) is \(zone.offset(at: line[0])), not \(line[1])")
      return
    }
  }

  private static let script = """
    import sys, datetime, zoneinfo
    z = zoneinfo.ZoneInfo(sys.argv[1]); e = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    for t in range(-2208988800 + 86400, 5680281600, 1_234_567):
        print(t, int((e + datetime.timedelta(seconds=t)).astimezone(z).utcoffset().total_seconds()))
    """

  @Test("A time that comes twice means the first, one that is skipped as much after the jump")
  func locals() throws {
    let file = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Paris"))
    let zone = try #require(TimeZone(name: "Europe/Paris", tzif: Array(file)))
    func local(_ day: Int, _ month: Int, _ hour: Int64, _ minute: Int64) -> Int64 {
      CivilDate(year: 2026, month: month, day: day).days * 86_400 + hour * 3600 + minute * 60
    }
    #expect(zone.instant(local: local(25, 10, 2, 30)) == local(25, 10, 0, 30))
    #expect(zone.instant(local: local(29, 3, 2, 30)) == local(29, 3, 1, 30))
    #expect(zone.instant(local: local(1, 7, 12, 0)) == local(1, 7, 10, 0))
  }
}

import Foundation
import SegqRecords
import Testing

@testable import SegqEngine

private typealias Zone = SegqRecords.TimeZone

/// Days from a table against the zone asked for each instant.
@Suite("The day of an instant, by a table")
struct DayTableTests {
  private static func zone(_ name: String) throws -> Zone {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/\(name)"))
    return try #require(Zone(name: name, tzif: [UInt8](bytes)))
  }

  /// From 2005 on, over 16 years.
  private static let instants = Int64(1_104_537_600)...1_609_459_200

  /// Clocks change by night, at midnight (Beirut, Asunción), by half an hour (Lord Howe); a day is
  /// missing (Apia, the 30th of December 2011).
  @Test(arguments: [
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Asia/Beirut", "America/Asuncion",
    "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca", "America/Havana",
  ])
  func daysAreThoseOfTheZone(_ name: String) throws {
    let zone = try Self.zone(name)
    guard let table = DayTable(zone, Self.instants) else {
      // A day that comes twice cannot be told by where it begins.
      #expect(["America/Asuncion", "Asia/Beirut", "America/Havana"].contains(name))
      return
    }
    let firstDay = zone.day(of: (Self.instants.lowerBound >> 16) << 16)
    for instant in stride(
      from: Self.instants.lowerBound, through: Self.instants.upperBound, by: 877)
    {
      #expect(Int64(table[instant]) + firstDay == zone.day(of: instant))
    }
    for (place, start) in table.starts.enumerated() where place > 0 {
      let day = firstDay + Int64(place)
      guard zone.day(of: start) == day else { continue }
      #expect(table[start] == Int32(place))
      #expect(Int64(table[start - 1]) + firstDay == zone.day(of: start - 1))
    }
  }

  @Test func groupsByMonthAreThoseOfTheRows() throws {
    let zone = try Self.zone("Europe/Berlin")
    var generator = SystemRandomNumberGenerator()
    let values = (0..<150_000).map { row -> Value in
      row % 17 == 0 ? .null : .datetime(Int64.random(in: Self.instants, using: &generator))
    }
    let field = Field(name: "date", header: "Date", type: .datetime)
    let table = Table(
      name: "t", columns: [Column(field, ColumnVector(values, type: .datetime))],
      rowCount: values.count)
    let keys = [ScalarFunction.truncate(.month, zone), .datePart(.weekday, zone)].map {
      NamedExpression(
        field,
        .function($0, [.column(0, .datetime)], $0 == .datePart(.weekday, zone) ? .integer : .date))
    }
    var expected: [[Value]: Int64] = [:]
    for value in values {
      guard let instant = value.number else {
        expected[[.null, .null], default: 0] += 1
        continue
      }
      let day = zone.day(of: instant)
      let date = CivilDate(days: day)
      let month = CivilDate(year: date.year, month: date.month, day: 1).days
      expected[[.date(month), .integer(Int64(date.weekday))], default: 0] += 1
    }
    let count = (
      Field(name: "n", header: "n", type: .integer), Aggregate(.count, over: [], of: nil)
    )
    let plan = QueryPlan(
      .aggregate(.scan(table, nil), keys: keys, figures: [count]),
      showing: [(0, DataType.date), (1, .integer), (2, .integer)].map {
        NamedExpression(field, .column($0.0, $0.1))
      })
    let answer = try Answer(plan, Execution())
    let batch = try answer.batch(0..<answer.rowCount)
    var found: [[Value]: Int64] = [:]
    for row in 0..<answer.rowCount {
      found[[batch.columns[0][row], batch.columns[1][row]]] = batch.columns[2][row].number
    }
    #expect(found == expected)
  }
}

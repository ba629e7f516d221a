import SegqRecords
import Testing

@testable import SegqFormats

@Suite("Times as people and programs write them")
struct TimeTextTests {
  private static func read(
    _ text: String, _ latitude: TimeText.Latitude = .unmistakable, order: DateOrder? = nil
  ) -> String? {
    TimeText(Array(text.utf8)[...], latitude)?.time(order).map { time in
      var words = "\(CivilDate(days: time.day).iso)"
      if let clock = time.clock {
        let seconds = clock % 60 == 0 ? "" : ":\(clock % 60)"
        words += " \(clock / 3600):\(clock / 60 % 60)\(seconds)"
      }
      if let offset = time.offset { words += " \(offset / 60)" }
      return words + (time.isLocal ? " shop" : "")
    }
  }

  @Test(
    "ISO and its relatives, with zones in minutes",
    arguments: [
      ("2024-01-05", "2024-1-5"), ("2024-1-5", "2024-1-5"), ("2024/01/05", "2024-1-5"),
      ("2024.01.05", "2024-1-5"), ("2024-01-05 10:00:00", "2024-1-5 10:0"),
      ("2024-01-05T10:00:07", "2024-1-5 10:0:7"), ("2024-01-05 10:00", "2024-1-5 10:0"),
      ("2024-01-05T10:00:00.123456Z", "2024-1-5 10:0 0"),
      ("2024-01-05 10:00:00 UTC", "2024-1-5 10:0 0"),
      ("2024-01-05 10:00:00 +0000", "2024-1-5 10:0 0"),
      ("2024-01-05 10:00:00-0500", "2024-1-5 10:0 -300"),
      ("2024-01-05T10:00:00+01:00", "2024-1-5 10:0 60"),
      ("2024-01-05 10:00+05:30", "2024-1-5 10:0 330"),
      ("2024-01-05 10:00:00 GMT+2", "2024-1-5 10:0 120"),
      ("2024-01-05 10:00:00 CET", "2024-1-5 10:0 60"),
      ("2024-01-05T10:00:00+01:00[Europe/Paris]", "2024-1-5 10:0 60"),
      ("2024-01-05 24:00:00", "2024-1-5 24:0"), ("2024-01-05 10:00:00,5", "2024-1-5 10:0"),
      ("20240105T100000Z", "2024-1-5 10:0 0"), ("2024-Jan-05", "2024-1-5"),
    ])
  func iso(text: String, time: String) { #expect(Self.read(text) == time) }

  @Test(
    "Months by name, in many languages: the Admin's own ways are on the shop's clocks",
    arguments: [
      ("5 Jan 2024, 10:00:00", "2024-1-5 10:0 shop"), ("05-Jan-2024", "2024-1-5"),
      ("05-JAN-24 10:00", "2024-1-5 10:0"), ("Jan 5, 2024 10:00 AM", "2024-1-5 10:0 shop"),
      ("Oct 26, 2016, 3:00:57 PM", "2016-10-26 15:0:57 shop"),
      ("Oct 26, 2016, 3:00:57\u{202F}PM", "2016-10-26 15:0:57 shop"),
      ("Fri, 05 Jan 2024 10:00:00 +0000", "2024-1-5 10:0 0"),
      ("Fri, 05 Jan 2024 10:00:00 GMT", "2024-1-5 10:0 0"),
      ("Fri Jan  5 10:00:00 2024", "2024-1-5 10:0"),
      ("Fri Jan 5 10:00:00 UTC 2024", "2024-1-5 10:0 0"),
      (
        "Fri Jan 05 2024 10:00:00 GMT+0100 (Central European Standard Time)", "2024-1-5 10:0 60"
      ),
      ("Friday, January 5th, 2024 at 3pm", "2024-1-5 15:0 shop"), ("5 janv. 2024", "2024-1-5 shop"),
      ("vendredi 5 janvier 2024 à 10:00", "2024-1-5 10:0 shop"), ("1er août 2024", "2024-8-1 shop"),
      ("5 juil. 2024", "2024-7-5 shop"), ("5. März 2024", "2024-3-5 shop"),
      ("Fr., 5. Jan. 2024", "2024-1-5 shop"), ("05. Dezember 2024 10:00", "2024-12-5 10:0 shop"),
      ("5 de enero de 2024", "2024-1-5 shop"), ("5 ene 2024", "2024-1-5 shop"),
      ("mar. 5 mar. 2024", "2024-3-5 shop"), ("5 gennaio 2024", "2024-1-5 shop"),
      ("5 mrt. 2024", "2024-3-5 shop"), ("5 de fev. de 2024", "2024-2-5 shop"),
      ("5 stycznia 2024", "2024-1-5 shop"), ("5 paź 2024", "2024-10-5 shop"),
      ("5 maj 2024", "2024-5-5 shop"), ("5 sept 2024", "2024-9-5 shop"),
      ("Sept. 5, 2024", "2024-9-5 shop"),
      ("5 okt. 2024 10:00:00", "2024-10-5 10:0 shop"), ("5. ledna 2024", "2024-1-5 shop"),
      ("1st of May 2024", "2024-5-1 shop"), ("5 Şubat 2024", "2024-2-5 shop"),
    ])
  func names(text: String, time: String) { #expect(Self.read(text) == time) }

  @Test(
    "Days and months as numbers: by the order; without one points put the day first",
    arguments: [
      ("1/2/2024", "2024-1-2", "2024-2-1", "2024-1-2"),
      ("1.2.2024", "2024-1-2", "2024-2-1", "2024-2-1"),
      ("1-2-2024", "2024-1-2", "2024-2-1", "2024-1-2"), ("13/2/2024", nil, "2024-2-13", nil),
      ("10/3/15 21:42", "2015-10-3 21:42", "2015-3-10 21:42", "2015-10-3 21:42"),
      ("05.01.2024, 10:00:00", "2024-5-1 10:0 shop", "2024-1-5 10:0 shop", "2024-1-5 10:0 shop"),
      ("1/2/99 9:42 p.m.", "1999-1-2 21:42", "1999-2-1 21:42", "1999-1-2 21:42"),
      ("5. 1. 2024", "2024-5-1", "2024-1-5", "2024-1-5"),
    ] as [(String, String?, String?, String?)])
  func orders(text: String, month: String?, day: String?, open: String?) {
    #expect(Self.read(text, order: .monthFirst) == month)
    #expect(Self.read(text, order: .dayFirst) == day)
    #expect(Self.read(text) == open)
  }

  @Test(
    "Counted times and days without marks, where times are sought",
    arguments: [
      ("20240105", "2024-1-5"), ("20240105100000", "2024-1-5 10:0"),
      ("1704448800", "2024-1-5 10:0 0"),
      ("1704448800123", "2024-1-5 10:0 0"), ("1704448800.5", "2024-1-5 10:0 0"),
      ("1704448800123456", "2024-1-5 10:0 0"), ("05.01.24", "2024-1-5"), ("'2024-01-05", nil),
      ("12", nil), ("20241305", nil), ("99999999999999999999", nil), ("45296", nil),
    ] as [(String, String?)])
  func counted(text: String, time: String?) {
    #expect(Self.read(text, .sought(nil)) == time)
    #expect(Self.read(text) == nil)
  }

  @Test("Serial days of a workbook, where there is one")
  func serialDays() {
    #expect(Self.read("45296", .sought(.from1900)) == "2024-1-5")
    #expect(Self.read("45296.5", .sought(.from1900)) == "2024-1-5 12:0")
    #expect(Self.read("45296.416666666664", .sought(.from1900)) == "2024-1-5 10:0")
    #expect(Self.read("59", .sought(.from1900)) == "1900-2-28")
    #expect(Self.read("61", .sought(.from1900)) == "1900-3-1")
    #expect(Self.read("43834", .sought(.from1904)) == "2024-1-5")
    #expect(Self.read("20240105", .sought(.from1900)) == "2024-1-5")
  }

  @Test(
    "What is no time",
    arguments: [
      "", "x", "2024", "2024-13-01", "2023-02-29", "2024-01-05 25:00", "2024-01-05 10:60", "1.2.3",
      "192.168.100.200", "24-MB01", "555-1234", "5 Jan", "Jan 2024", "5 Foo 2024", "5 jui 2024",
      "2024-01-05 10:00:00 XYZ", "2024-01-05x", "2024-01-05 10", "31/31/2024", "1/2/024", "May",
      "ACME 5 Jan 2024", "2024-01-05 13:00 PM", "2024-01-05 10:00:00 +99:00", "1/2/2024/3",
      "2024-01-05, ", "- 2024-01-05", "3/4", "10:00", "٢٠٢٤-٠١-٠٥",
    ])
  func noTimes(text: String) {
    #expect(Self.read(text) == nil)
    #expect(Self.read(text, .sought(nil)) == nil)
  }

  @Test("What is read in the quick way is what the scanner reads, and no number", arguments: 0..<20)
  func usualTimes(seed: Int) {
    var roll = Roll(seed)
    let pieces = ["1", "31", "12", "05", "2024", "1999", "00", "60", "24"]
    var (usualCount, otherCount) = (0, 0)
    for _ in 0..<2000 {
      let mark = ["/", "-", "."][roll(3)]
      let numbers = (0..<6).map { _ in pieces[roll(pieces.count)] }
      let day = numbers[..<3].joined(separator: mark)
      let gap = ["", " ", "T", ", ", "  "][roll(5)]
      let clock = numbers[3..<(4 + roll(3))].joined(separator: ":")
      let text = Array((gap.isEmpty ? day : day + gap + clock).utf8)[...]
      guard let usual = TimeText(usual: text) else {
        otherCount += 1
        continue
      }
      usualCount += 1
      var scanner = TimeScanner(rest: text, isSought: roll(2) == 0)
      let time = scanner.time()
      #expect(time?.day == usual.day && time?.clock == usual.clock)
      #expect(time?.offset == nil && time?.isLocal == usual.isLocal)
      #expect(NumberText(text) == nil)
    }
    #expect(usualCount > 10 && otherCount > 10)
  }

  @Test("No bytes trap, whatever they are", arguments: 0..<50)
  func noise(seed: Int) {
    var roll = Roll(seed)
    let pieces = [
      "1", "12", "2024", "20240105", "/", "-", ".", ":", " ", ",", "T", "Jan", "mar", "Fri", "AM",
      "p.m.",
      "UTC", "+", "é", "\u{202F}", "(", ")", "€", "%", "$", "e", "'", "99999999999999999999", "0",
      "\u{0}",
    ]
    for _ in 0..<400 {
      var text = (0..<roll(9)).flatMap { _ in Array(pieces[roll(pieces.count)].utf8) }
      if !text.isEmpty, roll(4) == 0 { text[roll(text.count)] = UInt8(roll(256)) }
      for latitude in [TimeText.Latitude.unmistakable, .sought(.from1900)] {
        guard let time = TimeText(text[...], latitude) else { continue }
        #expect(time.time(.dayFirst) != nil || time.time(.monthFirst) != nil)
      }
      if let number = NumberText(text[...]) {
        #expect(number.layout(.point) != nil || number.layout(.comma) != nil)
        _ = (number.whole(.point), number.decimal(.comma))
      }
      _ = (Placeholder.isOne(text[...]), FieldParse.id(text[...]))
    }
  }
}

/// The same numbers for the same seed.
private struct Roll {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(seed) &* 99 &+ 1 }

  mutating func callAsFunction(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % sides
  }
}

extension CivilDate {
  fileprivate var iso: String { "\(year)-\(month)-\(day)" }
}

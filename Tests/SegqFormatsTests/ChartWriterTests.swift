import SegqFormats
import SegqRecords
import Testing

@Suite("Charts")
struct ChartWriterTests {
  private static func options(width: Int) -> WriterOptions {
    var options = WriterOptions()
    options.terminalWidth = width
    return options
  }

  private static func days(_ count: Int) -> [Value] {
    (0..<count).map { .date(Int64(20_089 + $0)) }
  }

  @Test("Bars are as long as their figures, to an eighth of a cell; null draws none")
  func bars() {
    let answer = Answer([
      ("Country", .text, ["France", "日本", "Peru"].map(Value.text) + [.null]),
      ("n", .integer, [.integer(16), .integer(7), .integer(-4), .null]),
    ])
    #expect(
      answer.written(as: .chart, Self.options(width: 30)) == """
        Country   n
        France   16 █████████████████
        日本      7 ███████▌
        Peru     -4 ▒▒▒▒
        –         –

        """)
  }

  @Test("A line over dates has its bounds beside it and its dates below")
  func line() {
    let answer = Answer([
      ("day", .date, Self.days(5)),
      ("n", .integer, [1, 3, 2, 5, 4].map { .integer($0) }),
    ])
    let lines = answer.written(as: .chart, Self.options(width: 32)).split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines[0] == "n" && lines[1].hasPrefix("5 ") && lines[8].hasPrefix("1 "))
    #expect(lines[9].hasPrefix("  2025-01-01") && lines[9].hasSuffix("2025-01-05"))
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 32 })
  }

  @Test("Several figures over dates are a small line each")
  func sparklines() {
    let answer = Answer([
      ("day", .date, Self.days(4)),
      ("orders", .integer, [.integer(0), .integer(7), .null, .integer(3)]),
      ("revenue", .decimal, [1_0000, 1_0000, 1_0000, 1_0000].map { .decimal(Decimal(units: $0)) }),
    ])
    #expect(
      answer.written(as: .chart, Self.options(width: 60)) == """
        orders   ▁█ ▄  0 … 7
        revenue  ▄▄▄▄  1 … 1
        2025-01-01 … 2025-01-04

        """)
  }

  @Test("A single figure, no rows and no label are charts too")
  func little() {
    let one = Answer([("n", .integer, [.integer(3)])])
    #expect(one.written(as: .chart, Self.options(width: 20)) == "n\n3 ███████████████\n")
    #expect(Answer([("a", .text, []), ("n", .integer, [])]).written(as: .chart) == "")
  }

  @Test("Groups that share more are darker, with colours and without")
  func heatMap() {
    let map = HeatMap(
      [.init(id: "1", name: "VIP", size: 10), .init(id: "12", name: "All", size: 40)],
      shared: [[10, 9], [9, 40]])
    var bytes: [UInt8] = []
    map.append(to: &bytes, usesColor: false)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == """
                 1   12\u{20}\u{20}
         1 VIP  10    9 █
        12 All   9 █ 40\u{20}\u{20}

        """)
    #expect(map.width == 17)
    map.append(to: &bytes, usesColor: true)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\u{1b}[48;5;26;38;5;231m  9"))
  }

  @Test("A table that is too wide is turned where that is wanted")
  func turned() {
    let answer = Answer([
      ("A", .text, [.text("some text")]), ("B", .text, [.text("more text")]),
    ])
    var options = Self.options(width: 20)
    #expect(answer.written(as: .table, options).contains("1 column hidden: B"))
    options.turnsWhenWide = true
    #expect(answer.written(as: .table, options) == "── row 1 ──\nA: some text\nB: more text\n")
    options.terminalWidth = 40
    #expect(answer.written(as: .table, options).contains("│"))
  }
}

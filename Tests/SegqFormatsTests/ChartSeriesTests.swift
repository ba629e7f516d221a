import SegqFormats
import SegqRecords
import Testing

@Suite("Charts of two keys")
struct ChartSeriesTests {
  private static func options(color: Bool = false) -> WriterOptions {
    var options = WriterOptions()
    options.terminalWidth = 40
    options.usesColor = color
    return options
  }

  /// The first two columns are keys.
  private static func answer(_ type: DataType, _ first: [Value], _ second: [String?]) -> Answer {
    Answer(
      [
        ("x", type, first), ("kind", .text, second.map { $0.map(Value.text) ?? .null }),
        ("n", .integer, first.indices.map { .integer(Int64($0 + 1)) }),
      ], keys: 2)
  }

  @Test("Bars stand together by the first key, one for each value of the second")
  func bars() {
    let answer = Self.answer(
      .text, ["A", "A", "B", "B"].map(Value.text), ["one", "two", "two", nil])
    #expect(
      answer.written(as: .chart, Self.options()) == """
        x  kind  n
        A  one   1 ███████
           two   2 ██████████████
        B  two   3 █████████████████████
           –     4 ████████████████████████████

        """)
  }

  @Test("Rows of one label that do not lie together are put together")
  func scattered() {
    let answer = Self.answer(
      .text, ["A", "B", "A", "B"].map(Value.text), ["one", "one", "two", "two"])
    let lines = answer.written(as: .chart, Self.options()).split(separator: "\n")
    #expect(
      lines.dropFirst().map { $0.prefix(9) } == [
        "A  one   ", "   two   ", "B  one   ", "   two   ",
      ])
  }

  @Test("Over dates each value of the second key has a line of its own")
  func lines() {
    let days = [20_089, 20_089, 20_090, 20_090].map { Value.date($0) }
    let answer = Self.answer(.date, days, ["one", "two", "one", "two"])
    let plain = answer.written(as: .chart, Self.options())
    #expect(plain.contains("n · one\n") && plain.contains("n · two\n"))
    #expect(plain.split(separator: "\n").filter { $0.hasPrefix("4 ") }.count == 2, "one scale")
    let colored = answer.written(as: .chart, Self.options(color: true))
    #expect(
      colored.contains("\u{1b}[36m━━\u{1b}[0m one  \u{1b}[33m━━\u{1b}[0m two\n"), "\(colored)")
  }

  @Test("A key of numbers is no figure")
  func numericKeys() {
    let answer = Answer(
      [
        ("year", .integer, [.integer(2025), .integer(2025)]),
        ("month", .integer, [.integer(1), .integer(2)]),
        ("n", .integer, [.integer(3), .integer(6)]),
      ], keys: 2)
    let text = answer.written(as: .chart, Self.options())
    #expect(text.hasPrefix("year  month  n\n2025  1      3 "), "\(text)")
    #expect(text.split(separator: "\n").count == 3)
  }
}

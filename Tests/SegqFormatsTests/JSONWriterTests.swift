import Foundation
import SegqFormats
import SegqRecords
import Testing

@Suite("JSON")
struct JSONWriterTests {
  static let answer = Answer([
    ("ID", .integer, [.integer(.max), .integer(0)]),
    ("Grand Total", .decimal, [.decimal(Decimal(units: .max)), .null]),
    ("Name", .text, [.text("Jane \"J\" Doe"), .text("")]),
    ("Day", .date, [.date(19_753), .null]),
    ("Since", .datetime, [.datetime(1_706_695_200), .null]),
    ("Active", .boolean, [.boolean(true), .boolean(false)]),
  ])

  @Test("An answer is one array on one line, keys in snake case, numbers as numbers")
  func array() {
    #expect(
      Self.answer.written(as: .json, batchSize: 1) == """
        [{"id":9223372036854775807,"grand_total":922337203685477.5807,"name":"Jane \\"J\\" Doe",\
        "day":"2024-01-31","since":"2024-01-31 10:00:00","active":true},\
        {"id":0,"grand_total":null,"name":"","day":null,"since":null,"active":false}]

        """)
  }

  @Test("JSON Lines have an object a line")
  func lines() {
    let answer = Answer([("ID", .integer, [.integer(1), .null, .integer(3)])])
    #expect(answer.written(as: .jsonl) == "{\"id\":1}\n{\"id\":null}\n{\"id\":3}\n")
  }

  @Test("No rows are an empty array, and no lines")
  func empty() {
    #expect(Answer(texts: []).written(as: .json) == "[]\n")
    #expect(Answer(texts: []).written(as: .jsonl) == "")
  }

  @Test("Python's strict reader reads back every text and digit", arguments: [1, 2, 100])
  func reread(batchSize: Int) throws {
    let texts =
      Answer.nastyTexts + (0..<32).map { "c\(Unicode.Scalar(UInt8($0)))" } + ["\u{7f}", "\u{9b}"]
    let answer = Answer([
      ("Text", .text, texts.map(Value.text)),
      ("Total", .decimal, texts.indices.map { .decimal(Decimal(units: Int64($0) * 37)) }),
    ])
    let rows = try Python.rows(
      answer.written(as: .json, batchSize: batchSize),
      "say([[r['text'], r['total']] for r in json.loads(data, parse_float=str, parse_int=str)])")
    #expect(rows.map { $0[0] } == texts)
    #expect(rows.map { $0[1] } == texts.indices.map { Decimal(units: Int64($0) * 37).description })
    let lines = try Python.rows(
      answer.written(as: .jsonl, batchSize: batchSize),
      "say([[json.loads(l)['text']] for l in data.decode().split('\\n')[:-1]])")
    #expect(lines.map { $0[0] } == texts)
  }

  @Test("Fields of one name get keys of their own")
  func names() {
    var answer = Answer(
      ["n", "n_2", "n", "n", "say \"x\""].map { ($0, DataType.integer, [.integer(1)]) })
    answer.fields[4].name = "say \"x\""
    #expect(
      answer.written(as: .jsonl) == #"{"n":1,"n_2":1,"n_3":1,"n_4":1,"say \"x\"":1}"# + "\n")
  }
}

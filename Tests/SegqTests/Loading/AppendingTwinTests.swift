import Foundation
import SegqTestSupport
import Testing

/// Two files, the second of them appended, beside one file with the rows of both.
@Suite("load … append beside one file")
struct AppendingTwinTests {
  /// Values of a column, of which each file gets some.
  private static let values: [[String]] = [
    ["1", "-20", "", "300000"],
    ["1", "2.5", "", "-0.0001", "7"],
    ["2024-01-31", "2023-12-01", ""],
    ["2024-01-31 10:00:00", "2023-12-01 23:59:59", ""],
    ["true", "false", ""],
    ["x", "Éa", "\"a,b\"", "", "\"\"", "007"],
    ["", "", ""],
  ]

  /// Numbers meet in the type of both; the others keep to what they are in both files.
  private static let kinds = [
    (0, 0), (0, 1), (1, 0), (2, 2), (3, 3), (4, 4), (5, 5), (6, 5), (0, 6),
  ]

  @Test("The rows, their order, their types and figures are the same", arguments: 1...6)
  func twin(seed: Int) throws {
    var state = UInt64(seed)
    func roll(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var ids = Array(1...(20 + seed * 40))
    for i in ids.indices { ids.swapAt(i, roll(ids.count)) }
    let cut = [1, 3, ids.count / 2, ids.count - 1][seed % 4]
    let names = Self.kinds.indices.map { "c\($0)" }
    var rows: [[String]] = []
    for (i, id) in ids.enumerated() {
      let owner = roll(6) == 0 ? "" : String(roll(14))
      rows.append(
        ["\(id)", owner]
          + Self.kinds.map { kind in
            let values = Self.values[i < cut ? kind.0 : kind.1]
            return values[roll(values.count)]
          })
    }
    let header = ["id", "customer_id"] + names
    // The second file has its columns the other way round.
    let files = [
      "customers.csv": "ID,Name\n" + (0..<12).map { "\($0),n\($0)\n" }.joined(),
      "all.csv": Self.csv(header, rows),
      "a.csv": Self.csv(header, Array(rows[..<cut])),
      "b.csv": Self.csv(header.reversed(), rows[cut...].map { $0.reversed() }),
    ]
    let queries =
      "describe t; select t; select id, count(t), sum(t.c1), max(t.c5), count(distinct t.c3)"
      + " from customers; select c5, count() from t group by c5"
    let whole = try Self.run(files, "load 'all.csv' as t", queries)
    let grown = try Self.run(files, "load 'a.csv' as t; load 'b.csv' as t append", queries)
    #expect(
      Self.withoutEvidence(grown.output) == Self.withoutEvidence(whole.output), "\(grown.errors)")
    #expect(grown.output.count > 1000)
  }

  /// The columns of `describe` but the last, which tells what each file was read as.
  private static func withoutEvidence(_ output: String) -> String {
    guard let end = output.firstRange(of: "\n\n")?.lowerBound else { return output }
    let lines = output[..<end].split(separator: "\n").map { line in
      line.replacing(#/,("[^"]*"|[^,]*)$/#, with: "")
    }
    return lines.joined(separator: "\n") + output[end...]
  }

  private static func csv(_ header: some Sequence<String>, _ rows: [[String]]) -> String {
    ([Array(header)] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func run(_ files: [String: String], _ texts: String...) throws -> Program.Run {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let run = try Program.run(
      ["customers.csv"] + texts.flatMap { ["-c", $0] }, in: folder)
    #expect(run.code == 0, "\(run.errors)")
    return run
  }
}

import Foundation
import SegqTestSupport

/// A folder of a few customers, their orders and segments, of which a test says what is in the files.
struct SmallShop {
  let folder: URL

  static let customers = """
    ID,Name,Email,Group,Country,Website,Gender,Customer Since
    1,Anna,a@x.com,General,Germany,Main,Female,2026-01-02
    2,Ben,b@x.com,General,France,Main,,2026-02-02
    3,Carl,c@x.com,Wholesale,,B2B,Male,2026-03-02
    4,Dora,d@x.com,,Turkey,,Female,2026-04-02

    """

  static let orders = """
    Order ID,Customer ID,Date,Status,Grand Total
    1,1,2026-08-02,complete,120
    2,1,2026-08-12,complete,20
    3,2,2026-07-02,canceled,700
    4,3,2026-06-02,complete,510

    """

  /// C is a rule, B names C, A names B; Q asks of all; N was never refreshed; Hand has no rule; Rel counts
  /// from today. Members are of 1 August 2026.
  static let segments = """
    ID,Segment,Status,Website,Rule
    1,C,Active,,id <= 2
    2,B,Active,,in 'C'
    3,A,Active,,in 'B' and id > 0
    4,Q,Active,,count(segments where status = active) >= 2
    5,N,Active,,id = 4
    6,Hand,Active,,
    7,Rel,Active,,since >= -30d

    """

  static let members =
    "Segment ID,Customer ID,Added\n"
    + [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2), (4, 1), (4, 2), (6, 1), (6, 3), (7, 1)]
    .map { "\($0.0),\($0.1),2026-08-01\n" }.joined()

  init(_ files: [String: String] = [:]) throws {
    folder = try Program.makeFolder()
    let usual = [
      "customers": Self.customers, "orders": Self.orders, "segments": Self.segments,
      "members": Self.members,
    ]
    for (name, text) in usual.merging(files, uniquingKeysWith: { $1 }) where !text.isEmpty {
      try text.write(
        to: folder.appending(path: name + ".csv"), atomically: true, encoding: .utf8)
    }
  }

  func remove() { Program.remove(folder) }

  /// What statements answer, without headers; `now` is the day.
  func answer(
    _ statements: String, now: String = "2026-08-01", options: [String] = ["-q"]
  ) throws -> Program.Run {
    try Program.run(
      [".", "--no-header", "--now", now] + options + ["-c", statements], in: folder)
  }

  /// The lines on standard output, the empty ones between results left out.
  func lines(_ statements: String, now: String = "2026-08-01") throws -> [String] {
    let run = try answer(statements, now: now)
    return (run.output + (run.code == 0 ? "" : run.errors)).split(separator: "\n").map(String.init)
  }
}

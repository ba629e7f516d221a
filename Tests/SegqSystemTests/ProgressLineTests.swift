import Testing

@testable import SegqSystem

@Suite("Progress on the terminal")
struct ProgressLineTests {
  private static let second: Int64 = 1_000_000_000

  @Test(
    "How far, how fast, how long still",
    arguments: [
      (0, 1, .bytes, "0 %"),
      (500_000_000, 1, .bytes, "50 % · 500 MB/s · 1 s left"),
      (900_000_000, 3, .bytes, "90 % · 300 MB/s · 1 s left"),
      (1_000_000_000, 2, .bytes, "100 % · 500 MB/s · 0 s left"),
      (20_000_000, 4, .rows, "2 % · 5.0 million rows/s · 3 min 16 s left"),
      (20_000, 4, .rows, "0 % · 5000 rows/s · 55 h 33 min left"),
    ] as [(Int, Int64, ProgressLine.Unit, String)])
  func text(done: Int, seconds: Int64, unit: ProgressLine.Unit, expected: String) {
    let text = ProgressLine.text(
      "reading a.csv", done: done, of: 1_000_000_000, unit, nanoseconds: seconds * Self.second)
    #expect(text == "reading a.csv · " + expected)
  }
}

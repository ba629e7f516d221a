import Testing

@testable import SegqSystem

@Suite("Progress on the terminal")
struct ProgressLineTests {
  @Test(
    "How far, how fast, how long still",
    arguments: [
      (0, 1_000_000_000, "reading a.csv · 0 % · 0 MB/s · 0 s left"),
      (500_000_000, 1_000_000_000, "reading a.csv · 50 % · 500 MB/s · 1 s left"),
      (900_000_000, 3_000_000_000, "reading a.csv · 90 % · 300 MB/s · 1 s left"),
      (2_000_000_000, 2_000_000_000, "reading a.csv · 100 % · 1000 MB/s · 0 s left"),
    ] as [(Int, Int64, String)])
  func text(done: Int, nanoseconds: Int64, expected: String) {
    let text = ProgressLine.text(
      "reading a.csv", done: done, of: 1_000_000_000, nanoseconds: nanoseconds)
    #expect(text == expected)
  }
}

import Testing

@testable import SegqSystem

@Suite struct CompletionsTests {
  private func completions(_ texts: String...) -> Completions {
    Completions(replace: 0..<0, candidates: texts.map { Candidate($0) })
  }

  @Test("What all candidates begin with is certain, if it says more than what was typed")
  func prefix() {
    #expect(completions("status", "state").certainPart(after: "s") == "stat")
    #expect(completions("status", "state").certainPart(after: "ST") == "stat")
    #expect(completions("status", "state").certainPart(after: "stat") == nil)
    #expect(completions("status", "country").certainPart(after: "") == nil)
    #expect(completions("customer_id", "customer_name").certainPart(after: "nam") == nil)
    #expect(completions("日本", "日光").certainPart(after: "") == "日")
  }

  @Test("The list is read from top to bottom, as many columns as fit, nothing left out")
  func list() {
    let list = Completions(
      replace: 0..<0,
      candidates: [
        Candidate("active", detail: "66"), Candidate("archived", detail: "0"),
        Candidate("日本", detail: "134"),
      ])
    func lines(_ columns: Int) -> [String] {
      list.list(columns: columns, width: testWidth).map { $0.map(\.text).joined() }
    }
    #expect(lines(30) == ["active    66    日本      134", "archived  0"])
    #expect(lines(28) == ["active    66", "archived  0", "日本      134"])
    #expect(lines(3).count == 3)
    #expect(lines(200).count == 1)
  }

  @Test("Details are cut where the line is full, and left out where they take too many lines")
  func details() {
    let list = Completions(
      replace: 0..<0,
      candidates: ["one", "two", "three"].map { Candidate($0, detail: "a few words about it") })
    let cut = list.list(columns: 20, width: testWidth).map { $0.map(\.text).joined() }
    #expect(cut == ["one    a few words…", "two    a few words…", "three  a few words…"])
    let bare = list.list(columns: 20, rows: 2, width: testWidth).map { $0.map(\.text).joined() }
    #expect(bare == ["one     three", "two"])
  }

  @Test("No line of the list is wider than the screen, where a candidate fits", arguments: 9..<60)
  func widths(_ columns: Int) {
    let candidates = (0..<23).map { Candidate(String(repeating: "x", count: 1 + $0 % 9)) }
    let lines = Completions(replace: 0..<0, candidates: candidates).list(
      columns: columns, width: testWidth)
    #expect(lines.allSatisfy { $0.map(\.text).joined().count <= columns })
    let shown = lines.flatMap { $0 }.filter { $0.ink == .plain }.map {
      $0.text.filter { $0 == "x" }
    }
    #expect(shown.sorted() == candidates.map(\.text).sorted())
  }
}

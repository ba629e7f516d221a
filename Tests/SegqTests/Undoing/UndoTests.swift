import Foundation
import SegqTestSupport
import Testing

@Suite("undo, as its users meet it")
struct UndoTests {
  private func inFolder(_ body: ((String...) throws -> Program.Run) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let run: (String...) throws -> Program.Run = { arguments in
      try Program.run(["--now", "2026-11-25"] + arguments, in: folder)
    }
    #expect(try run("-q", Program.demo, "-c", "save 'shop.segdb'").code == 0)
    try body(run)
  }

  @Test("It reaches over a reopen, and says what was undone")
  func reopening() throws {
    try inFolder { run in
      let asked = "select id, segment, customers, rule from segments where id < 4; growth 2"
      let before = try run("shop.segdb", "-c", asked)
      for statement in [
        "alter segment 1 rename to 'X'", "drop segment 2", "create segment 'N' as id = 1",
      ] {
        #expect(try run("shop.segdb", "-c", statement).code == 0)
      }
      #expect(
        try run("shop.segdb", "-c", "undo").errors == "undone: create segment 'N' as id = 1\n")
      #expect(try run("shop.segdb", "-c", "undo").errors == "undone: drop segment 2\n")
      #expect(
        try run("shop.segdb", "-c", "undo").errors == "undone: alter segment 1 rename to 'X'\n")
      #expect(try run("shop.segdb", "-c", asked).output == before.output)
      let none = try run("shop.segdb", "-c", "undo")
      #expect(none.code == 1 && none.errors.contains("there is no change of definitions to undo"))
      #expect(none.errors.contains("can't undo load, refresh and forget"))
    }
  }

  @Test("What was changed before a store was saved can be undone in the workspace")
  func saving() throws {
    try inFolder { run in
      let saved = try run(Program.demo, "-q", "-c", "drop segment 2; save 'other.segdb'")
      #expect(saved.code == 0)
      #expect(try run("other.segdb", "-c", "undo").errors == "undone: drop segment 2\n")
    }
  }

  @Test("A segment that comes back is stale where what its rule names was refreshed since")
  func dependants() throws {
    try inFolder { run in
      let made = try run(
        "shop.segdb", "-q", "-c",
        "create segment 'A' as country = FR; create segment 'B' as in 'A'; refresh 'A', 'B'; drop segment 'B'"
      )
      #expect(made.code == 0)
      let asked = "select freshness, reason from segments where segment = B"
      let later = try run(
        "shop.segdb", "-q", "--no-header", "-F", "tsv", "--now", "2026-11-26", "-c",
        "refresh 'A'; undo; \(asked)")
      #expect(
        later.output.hasSuffix("stale\tsegment 21, which its rule names, was refreshed later\n"))
      let drop = "drop segment 'B'; undo; \(asked)"
      let still = try run(
        "shop.segdb", "-q", "--no-header", "--now", "2026-11-27", "-c", "refresh 'B'; \(drop)")
      #expect(still.output.hasSuffix("fresh,\n"))
    }
  }
}

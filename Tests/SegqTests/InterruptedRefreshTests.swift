import Foundation
import SegqTestSupport
import Testing

@Suite("A refresh that is interrupted") struct InterruptedRefreshTests {
  @Test("leaves every segment of an open workspace as it was, wherever it is caught")
  func leaving() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let kept = ["shop.segdb", "--no-header", "--now"]
    let saved = try Program.run(
      [Program.demo, "-c", "save 'shop.segdb'"], in: folder)
    #expect(saved.code == 0)
    var rounds = 0
    var codes: Set<Int32> = []
    for trial in 0..<6 {
      // Customers change sides with each round, so that each refresh has something to keep.
      // It hears Ctrl-C from its first statement on.
      let statements = (0..<200).map { round in
        "alter segment 1 as id > \(round % 7 * 100); refresh all"
      }.joined(separator: "; ")
      let run = try Program.shell(
        """
        "$SEGQ" "$@" >out.txt 2>&1 & pid=$!
        until [ -s out.txt ]; do sleep 0.05; done
        sleep 0.\(3 + trial % 6)\(trial * 7 % 10); kill -INT $pid; wait $pid
        """, kept + ["2026-12-\(10 + trial)", "-c", "echo 'here we go'; " + statements], in: folder)
      codes.insert(run.code)
      // Of the segments that refresh all refreshes, each has as many steps as the others.
      let ids = try Program.run(
        kept + ["2026-12-30", "-c", "select id from segments where rule is not null"], in: folder
      ).output.split(separator: "\n")
      let counts = try ids.map { id in
        let growth = try Program.run(
          kept + ["2026-12-30", "-c", "growth \(id) where when >= 2026-12"], in: folder)
        #expect(growth.code == 0, "\(growth.errors)")
        return growth.output.split(separator: "\n").count
      }
      #expect(Set(counts).count == 1, "\(counts)")
      rounds = max(rounds, counts.first ?? 0)
      let sound = try Program.run(["check-store", "shop.segdb"], in: folder)
      #expect(sound.code == 0, "\(sound.output)")
    }
    // Some were caught in the middle, and some refreshes were done before.
    #expect(codes == [130] && rounds > 0, "\(codes) \(rounds)")
  }
}

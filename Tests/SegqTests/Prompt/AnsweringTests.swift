import Foundation
import SegqTestSupport
import Testing

@Suite("What statements answer at a terminal, and nowhere else")
struct AnsweringTests {
  /// What is typed, and the line that must then stand on the screen.
  static let steps: [(typed: String, shows: String)] = [
    ("create segment 'A' as country = FR", "segment 21 created · refresh 21 finds its members"),
    ("alter segment 21 rename to 'B'", "segment 21 is called 'B' now"),
    ("alter segment 21 set status = inactive", "segment 21 is inactive now"),
    ("alter segment 1 as country = DE", "segment 1 has a new rule · refresh 1 brings"),
    ("create or replace segment 'B' as id < 5", "segment 21 was replaced · refresh 21 finds"),
    ("refresh 21", "'undo' can't undo a refresh"),
    ("select 1", "1 segment selected · to show the number: select 1 as n"),
    ("select 1, 2", "2 segments selected"), ("deselect all", "0 segments selected"),
    ("let c = 'FR'", "$c = 'FR'"), ("let n = 2 + 3", "$n = 5"),
    ("set page_size = 7", "page_size = 7"),
    ("select segments limit 3 to './grid.csv'", "3 rows to ./grid.csv"),
    ("select segments limit 1 to './grid.csv' append", "1 row added to ./grid.csv"),
    ("save session as 'mine.segq'", "statements to mine.segq"), ("assert 1 = 1", "it holds"),
    ("drop segment 21", "segment 21 dropped · undo brings it back"),
    ("undo", "undone: drop segment 21"), ("forget customer 8", "'undo' can't undo a forget"),
  ]

  @Test("At the prompt each says what it did, and the next step")
  func prompt() throws {
    let terminal = try TerminalSession()
    defer { terminal.close() }
    #expect(try terminal.shows("segq>"))
    for step in Self.steps {
      try terminal.type(step.typed)
      let isShown = try terminal.shows(step.shows)
      let screen = try terminal.screen()
      #expect(isShown, "\(step.typed): \(screen)")
    }
  }

  @Test("Off a terminal they print nothing")
  func offTerminal() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let statements = Self.steps.map(\.typed).filter {
      !["refresh", "undo", "forget"].contains($0.split(separator: " ")[0])
    }
    let run = try Program.run([Program.demo, "-c", statements.joined(separator: "\n")], in: folder)
    #expect(run.code == 0 && run.output == "" && run.errors == "", "\(run)")
  }

  @Test(
    "Who leaves with segments that are not saved is told once", arguments: ["C-d", "quit", "\\q"])
  func leaving(way: String) throws {
    let terminal = try TerminalSession()
    defer { terminal.close() }
    #expect(try terminal.shows("segq>"))
    try terminal.type("create segment 'A' as country = FR")
    #expect(try terminal.shows("segment 21 created"))
    try terminal.leave(way)
    #expect(try terminal.shows("1 segment is not saved: save 'shop.segdb', or quit again"))
    try terminal.type("echo 'still ' || 'here'")
    #expect(try terminal.shows("still here"))
    try terminal.leave(way)
    #expect(try terminal.shows("code 0"))
  }

  @Test(
    "Who has saved, undone or changed nothing leaves at once",
    arguments: [
      ["create segment 'A' as country = FR", "save 'mine.segdb'"], ["drop segment 2", "undo"],
      ["refresh 1", "select 1, 2"],
      ["save 'mine.segdb'", "create segment 'A' as country = FR"],
    ])
  func leavingAtOnce(statements: [String]) throws {
    let terminal = try TerminalSession()
    defer { terminal.close() }
    #expect(try terminal.shows("segq>"))
    for statement in statements { try terminal.type(statement) }
    try terminal.type("echo 'all ' || 'done'")
    #expect(try terminal.shows("all done"))
    try terminal.leave("C-d")
    let isLeft = try terminal.shows("code 0")
    let screen = try terminal.screen()
    #expect(isLeft && !screen.contains("not saved"), "\(screen)")
  }
}

/// The program in a terminal of its own.
final class TerminalSession {
  private let folder: URL
  private let socket: String

  init(_ store: String = Program.demo) throws {
    folder = try Program.makeFolder()
    socket = "segq-\(folder.lastPathComponent)"
    try tmux("new-session", "-d", "-x", "100", "-y", "50", "bash --norc")
    try type(
      "clear; cd \(folder.path); NO_COLOR= XDG_STATE_HOME=\(folder.path)/state \(Program.path) \(store); echo code $?"
    )
  }

  /// A line, as it is typed.
  func type(_ line: String) throws {
    try tmux("send-keys", "-l", line)
    try tmux("send-keys", "Enter")
  }

  /// Ctrl-D, or a word.
  func leave(_ way: String) throws {
    if way == "C-d" { try tmux("send-keys", way) } else { try type(way) }
  }

  func screen() throws -> String { try tmux("capture-pane", "-p") }

  /// Waits until the screen shows the text.
  func shows(_ text: String) throws -> Bool {
    for _ in 0..<200 {
      if try screen().contains(text) { return true }
      Thread.sleep(forTimeInterval: 0.1)
    }
    return false
  }

  /// The server that tmux leaves behind must not hold what `Process` waits for the end of.
  private static let line = """
    (for n in $(ls /proc/$BASHPID/fd); do [ "$n" -gt 2 ] && eval "exec $n>&-"; done
    exec tmux -L "$@") & wait $!
    """

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String {
    try Program.shell(Self.line, [socket] + arguments).output
  }

  func close() {
    if let server = try? tmux("display-message", "-p", "#{pid}") {
      _ = try? Program.shell("kill -9 $1", [server.trimmingCharacters(in: .whitespacesAndNewlines)])
    }
    Program.remove(folder)
  }
}

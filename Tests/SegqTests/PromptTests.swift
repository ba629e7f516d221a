import Foundation
import SegqTestSupport
import Testing

@Suite("The prompt, in a real terminal")
struct PromptTests {
  /// What is typed, one piece after the other, and what the screen must then show.
  static let steps: [(keys: [String], shows: String)] = [
    ([], "segq>"),
    (["select segments", "Enter"], "16 rows"),
    (["select customers where", "Enter"], "  ..."),
    (["country = France limit 2", "Enter"], "2 rows"),
    (["select cus", "Tab"], "select customers"),
    (["whe", "Tab"], "select customers where"),
    (["country = Germ", "Tab"], "country = Germany"),
    (["limit 1", "Enter"], "1 row"),
    (["select customers", "Enter"], "1–20 of 1000 rows"),
    (["next", "Enter"], "21–40 of 1000 rows"),
    (["page 50", "Enter"], "981–1000 of 1000 rows"),
    (["drill 99", "Enter"], "there is no segment 99"),
    (["garbage that is dropped", "C-c"], "^C"),
    (["echo 'still here'", "Enter"], "still here"),
    (["Up"], "segq> echo 'still here'"),
    (["C-c"], "^C"),
    (["echo 'left with '", "Enter"], "left with"),
    (["C-d"], "code 0"),
  ]

  /// What is typed and not run, and what must then stand under it.
  static let offers: [(text: String, key: String, shows: String)] = [
    ("select segments where status = ", "Tab", "Inactive   (1)"),
    ("select customers where since >= ", "Tab", "the last 30 days"),
    ("select count() from 'VIP c", "Tab", "'VIP customers'"),
    ("select customers where phn", "Tab", "where phone"),
    ("set format = ver", "Tab", "set format = vertical"),
    ("set guests = ma", "Tab", "set guests = match"),
    ("describe loa", "Tab", "describe load"),
    ("select customers where country = France", "", "of 1,000 customers · "),
    (
      "select segments where status = active and id = 99", "", "is left from id = 99 on · "
    ),
    ("select customers where contry = 'x", "", "did you mean 'country'?"),
    ("select customers where country = Fr", "Right", "= France"),
  ]

  @Test("The prompt offers what fits, counts what is typed, and tells what is wrong")
  func offered() throws {
    let terminal = try Terminal()
    defer { terminal.close() }
    #expect(try terminal.shows("segq>"))
    for offer in Self.offers {
      try terminal.send(offer.text)
      if !offer.key.isEmpty { try terminal.send(offer.key) }
      let isShown = try terminal.shows(offer.shows)
      let screen = try terminal.screen()
      #expect(isShown, "\(offer.text): \(screen)")
      try terminal.send("C-c")
      try terminal.send("C-l")
    }
  }

  @Test("Results as pictures, again and again, a line a value, in a pager; no secret is kept")
  func shown() throws {
    let terminal = try Terminal()
    defer { terminal.close() }
    let steps: [(keys: [String], shows: String)] = [
      (["select country, count() as n from customers group by country as chart", "Enter"], "██"),
      (["select name from customers as chart", "Enter"], "no column of numbers"),
      (["overlap 1, 2", "Enter"], "1 VIP customers"),
      (["watch 1s echo 'tick'", "Enter"], "tick\n"), (["C-c"], "\nsegq>"),
      (["C-l", "\\x auto", "Enter"], "wide is vertical"),
      (["select * from customers limit 1", "Enter"], "── row 1 ──"),
      (["C-l", "!echo 'pwd=hunter2'", "Enter"], "\npwd=hunter2"),
      (["Up"], "segq> select * from customers limit 1"), (["C-c"], "^C"),
      (["C-l", "set pager = on", "Enter"], "segq>"),
      (["select customers", "Enter"], "paged by test"),
      (["C-d"], "code 0"),
    ]
    for step in steps {
      for key in step.keys { try terminal.send(key) }
      let isShown = try terminal.shows(step.shows)
      let screen = try terminal.screen()
      #expect(isShown, "\(step.keys): \(screen)")
    }
  }

  @Test("A session: several rows, Tab, pages, mistakes, Ctrl-C, history, Ctrl-D")
  func session() throws {
    let terminal = try Terminal()
    defer { terminal.close() }
    for step in Self.steps {
      for key in step.keys { try terminal.send(key) }
      let isShown = try terminal.shows(step.shows)
      let screen = try terminal.screen()
      #expect(isShown, "\(step.keys): \(screen)")
    }
  }

  @Test("What was typed outlives kill -9, in a file of the user alone")
  func history() throws {
    let terminal = try Terminal()
    defer { terminal.close() }
    #expect(try terminal.shows("segq>"))
    for key in ["echo 'before the crash'", "Enter"] { try terminal.send(key) }
    #expect(try terminal.shows("\nbefore the crash"))
    try terminal.send("!kill -9 $PPID")
    try terminal.send("Enter")
    #expect(try terminal.shows("code 137"))
    try terminal.start()
    #expect(try terminal.shows("segq>"))
    for key in ["Up", "Up"] { try terminal.send(key) }
    #expect(try terminal.shows("segq> echo 'before the crash'"))
    let mode = try Program.shell("stat -c %a \"$1\"/state/segq/history", [terminal.folder.path])
    #expect(mode.output == "600\n")
  }

  @Test("Without a store it opens the workspace that was used last")
  func lastWorkspace() throws {
    let terminal = try Terminal()
    defer { terminal.close() }
    #expect(try terminal.shows("segq>"))
    try terminal.send("save '\(terminal.folder.path)/shop.segdb'")
    try terminal.send("Enter")
    #expect(try terminal.shows("saved as"))
    try terminal.send("C-d")
    #expect(try terminal.shows("code 0"))
    try terminal.start("")
    #expect(try terminal.shows("/shop.segdb · 1000 customers"))
    // The thread that counts is the first to touch these columns.
    try terminal.send("select customers where country = France and since >= 2020")
    #expect(try terminal.shows("of 1,000 customers · "))
  }

  @Test("It ends with its terminal, also where whoever started it ignores SIGHUP")
  func hangUp() throws {
    let terminal = try Terminal()
    defer { terminal.close() }
    #expect(try terminal.shows("segq>"))
    try terminal.send("C-d")
    #expect(try terminal.shows("code 0"))
    for key in ["trap '' HUP", "Enter"] { try terminal.send(key) }
    try terminal.start()
    #expect(try terminal.shows("segq>"))
    let file = terminal.folder.appending(path: "pid").path
    for key in ["!echo $PPID > '\(file)'", "Enter", "watch 1s let x = 1", "Enter"] {
      try terminal.send(key)
    }
    #expect(try terminal.shows("Ctrl-C ends"))
    terminal.hangUp()
    let wait = try Program.shell(
      """
      pid=$(cat "$1"); [ "$pid" -gt 1 ] || exit 2
      for i in $(seq 100); do kill -0 "$pid" 2>/dev/null || exit 0; sleep 0.1; done; exit 1
      """, [file])
    #expect(wait.code == 0)
  }

  /// A tmux of its own, with the program in it.
  private final class Terminal {
    let folder: URL
    private let socket: String

    init() throws {
      folder = try Program.makeFolder()
      socket = "segq-\(folder.lastPathComponent)"
      try tmux("new-session", "-d", "-x", "100", "-y", "50", "bash --norc")
      try start()
    }

    /// With a store on the command line, or none.
    func start(_ store: String = Program.demo) throws {
      let line =
        "clear; NO_COLOR= XDG_STATE_HOME=\(folder.path)/state PAGER='cat >/dev/null; echo paged by test' \(Program.path) \(store); echo code $?"
      try send(line)
      try send("Enter")
    }

    func send(_ key: String) throws {
      let isName = ["Enter", "Tab", "Up", "Right", "C-c", "C-d", "C-l"].contains(key)
      try tmux(isName ? ["send-keys", key] : ["send-keys", "-l", key])
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

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

    /// The server that tmux leaves behind must not hold what `Process` waits for the end of.
    private static let line = """
      (for n in $(ls /proc/$BASHPID/fd); do [ "$n" -gt 2 ] && eval "exec $n>&-"; done
      exec tmux -L "$@") & wait $!
      """

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
      try Program.shell(Self.line, [socket] + arguments).output
    }

    /// `kill-server` is a SIGTERM that the server sends to itself, and what `Process` starts has that
    /// blocked: it would live on, with all that runs in it.
    func hangUp() {
      guard let server = try? tmux("display-message", "-p", "#{pid}") else { return }
      _ = try? Program.shell("kill -9 $1", [server.trimmingCharacters(in: .whitespacesAndNewlines)])
    }

    func close() {
      hangUp()
      Program.remove(folder)
    }
  }
}

import Foundation
import SegqTestSupport
import Testing

/// Data, names and messages full of what a terminal obeys, on a bare pseudo-terminal.
@Suite("What reaches a terminal")
struct TerminalTests {
  /// Colours, a title, a bell, a return, C1 controls, and marks that turn the line around.
  static let evil =
    "a\u{1b}[31mX\u{1b}]0;title\u{7}\u{9b}5mX\u{90}q\u{9c}\u{85}\u{8}\u{7f}\r\u{202e}\u{2066}\u{200f}\u{61c}z"
  static let evilName = "\u{1b}[31mX\u{1b}]0;title\u{7}\u{9b}5mX\u{202e}"

  /// Runs `line` of `bash` on a pseudo-terminal, types the keys, and prints what is wrong with what
  /// comes back; then how often there was a mark for something hidden.
  private static let driver = #"""
    import fcntl, os, pty, re, select, struct, sys, termios, time
    pid, fd = pty.fork()
    if pid == 0:
      os.environ.update(TERM='xterm-256color', PAGER='cat'); os.environ.pop('NO_COLOR', None)
      os.execvp('bash', ['bash', '-c', sys.argv[1], 'bash'] + sys.argv[3:])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 50, 200, 0, 0))
    keys, out, quiet, end = [k for k in sys.argv[2].split('|') if k], b'', 0, time.time() + 120
    while time.time() < end:
      if select.select([fd], [], [], 0.2)[0]:
        try: part = os.read(fd, 65536)
        except OSError: break
        if not part: break
        out += part; quiet = 0
      elif keys and (quiet := quiet + 1) > 1:
        os.write(fd, keys.pop(0).replace('<tab>', '\t').replace('<cr>', '\r').replace('<up>', '\x1b[A')
          .replace('<c>', '\x03').replace('<r>', '\x12').replace('<d>', '\x04').encode()); quiet = 0
    try: os.kill(pid, 9)
    except ProcessLookupError: pass
    text = out.decode('utf-8', 'surrogateescape')
    # What the data would do comes before an X, which no colour of our own does.
    for found in re.finditer(r'\x1b\[[0-9;]*mX', text): print('colour', ascii(text[found.start() - 60:found.end()]))
    own = r'\x1b\[([0-9;]*m|\?(2026|25|2004)[hl]|[JK]|[0-9]+[ABCD])|[\r\n\t]'
    rest = re.sub(own, '', text)
    rest = rest.replace('\x07', '') if sys.argv[2] else rest
    for found in re.finditer('[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\udc80-\udcff]', rest):
      print('hidden', ascii(rest[max(0, found.start() - 60):found.end()]))
    print(len(re.findall(r'\\u\{202e\}|\\u202e|&#x202e;|\ufffd', text)))
    """#

  /// A store whose every text is ``evil``, and files beside it with names like that.
  private func inShop(_ body: (URL) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let x = "\"\(Self.evil)\""
    let files = [
      "shop/customers.csv":
        "ID,Name,Email,Country,Website,\(x)\n1,\(x),\(x),FR,\(x),\(x)\n2,O,b@x.de,\(x),Main,b\n",
      "shop/orders.csv":
        "ID,Customer ID,Date,Status,Total\n1,1,2024-01-01,\(x),5\n2,2,2024-02-01,b,7\n",
      "shop/customersegment_segments.csv":
        "ID,Segment,Status,Website,Rule\n1,\(x),Active,\(x),country = FR\n2,\"b\(Self.evil)\",Active,Main,country = '\(Self.evil.replacing("\r", with: ""))'\n",
      "shop/\(Self.evilName).csv": "ID,\(x)\n1,x\n9,y\n",
      "bad\(Self.evilName).csv": "ID,\(x)\n1,x,3\n9,y\n",
      "s\(Self.evilName).segq": "param p\nselect nothing from customers\nsource 'nope'\n",
      "t\(Self.evilName).segq": "assert 1 = 2, '\(Self.evil.replacing("\r", with: ""))'\n",
    ]
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    try body(folder)
  }

  /// What was wrong, and how many marks there were.
  private func drive(
    _ line: String, _ arguments: [String] = [], keys: String = "", in folder: URL
  ) throws -> (wrong: [Substring], marks: Int) {
    let run = try Program.shell(
      "exec python3 -c \"$@\"", [Self.driver, line, keys] + arguments, in: folder,
      environment: ["XDG_DATA_HOME": folder.path, "XDG_STATE_HOME": folder.path])
    var lines = run.output.split(separator: "\n")
    let marks = lines.popLast().flatMap { Int($0) } ?? -1
    return (lines + run.errors.split(separator: "\n"), marks)
  }

  static let statements = [
    "select * from customers", "select orders", "drill 1", "describe", "describe customers",
    "describe 1", "describe load", "select segments", "overlap 1, 2", "compare 1 with 2",
    "profile 1",
    "refresh all", "why 1 in 1", "growth 1", "drift 1",
    "explain select customers where name = '\(evil)'",
    "explain select customers where name = '\(evil)' as json", "export 1 as csv",
    "select name, count() as n from customers group by name as chart",
    "select name, count() as n from customers group by name as table to '/dev/tty'",
    "select '\(evil)' as `\(evil)`", "echo '\(evil)'", "let v = '\(evil)'",
    "echo $v; assert 1 = 2, $v",
    "help nothing\(evilName)", "nonsense\(evilName)", "select customers where name = '\(evilName)'",
    "select nothing\(evilName) from customers", "undo",
    "create segment '\(evilName)' as country = FR",
    "alter segment 1 rename to '\(evilName)2'", "drop segment 2", "undo", "forget customer 2",
    "save '\(evilName).segdb'", "save", "open 'nope\(evilName)'", "load 'nope\(evilName)'",
    "load 'bad\(evilName).csv'", "describe load", "source 'nope\(evilName)'",
    "source 't\(evilName).segq'", "select 1 as n to 'no\(evilName)/x.csv'",
    "select 1 as n to 'x.\(evilName)'", "set format = '\(evilName)'", "!exit 3 # \(evilName)",
    "select 1 as n | exit 3 # \(evilName)",
  ]

  @Test("Of no statement does it get what it would obey but our own colours")
  func everyStatement() throws {
    try inShop { folder in
      let texts = Self.statements.flatMap { ["-c", $0.replacing("\r", with: "")] }
      let line =
        "for s; do \"$SEGQ\" --on-error continue --on-bad-row skip shop -c 'refresh all' -c \"$s\"; done"
      let alone = try drive(line, texts.filter { $0 != "-c" }, in: folder)
      #expect(alone.wrong == [] && alone.marks > 60, "\(alone)")
    }
  }

  @Test(
    "Nor in any format",
    arguments: ["csv", "tsv", "json", "jsonl", "markdown", "table", "vertical", "xml", "html"])
  func everyFormat(format: String) throws {
    try inShop { folder in
      let line =
        "\"$SEGQ\" shop -F \(format) -c 'select * from customers; select segments; why 1 in 1'"
      let shown = try drive(line, in: folder)
      #expect(shown.wrong == [] && shown.marks > 4, "\(shown)")
    }
  }

  @Test("Nor of the names of files, of options, and of what checks and lays out scripts")
  func everyName() throws {
    try inShop { folder in
      let line = """
        for f in bad*.csv shop/*X*.csv s*.segq t*.segq nope"$1"; do "$SEGQ" "$f" -c 'describe load'
        "$SEGQ" --on-bad-row skip "$f" -c 'describe load'; "$SEGQ" shop "$f"; "$SEGQ" check shop "$f"
        "$SEGQ" check --json shop "$f"; "$SEGQ" format --check "$f"; "$SEGQ" check-store "$f"
        "$SEGQ" -o "nope$1/x" -c 'echo 1'; "$SEGQ" "--$1"; "$SEGQ" demo "/nope$1/x"; done
        """
      let shown = try drive(line, [Self.evilName], in: folder)
      #expect(shown.wrong == [] && shown.marks > 50, "\(shown)")
    }
  }

  @Test("Nor at the prompt: what Tab offers, the line below, history, search, a paste, a pager")
  func prompt() throws {
    let keys = [
      "select customers where name = ", "<tab>", "<tab>", "a", "<tab>", " ", "<c>",
      "select customers where a", "<tab>", "<tab>", "<c>", "drill '", "<tab>", "<tab>", "<cr>",
      "<c>",
      "load '", "<tab>", "<tab>", "<c>", "select orders where status = ", "<tab>", "<c>",
      "\u{1b}[200~echo '\(Self.evil.replacing("\u{1b}", with: ""))'\u{1b}[201~", "<cr>", "<up>",
      "<c>",
      "<r>", "echo", "<r>", "<c>", "history<cr>", "select customers where name = '\(Self.evil)",
      "<c>", "set pager = on<cr>", "select * from customers<cr>", "save 'x\u{202e}.segdb'<cr>",
      "<d>", "<d>",
    ]
    try inShop { folder in
      let shown = try drive(
        "\"$SEGQ\" shop", keys: keys.joined(separator: "|").replacing("\r", with: ""), in: folder)
      #expect(shown.wrong == [] && shown.marks > 30, "\(shown)")
      let dumb = try drive(
        "TERM=dumb \"$SEGQ\" shop", keys: "select * from customers<cr>|echo '\\u{202e}'<cr>|<d>",
        in: folder)
      #expect(dumb.wrong == [] && dumb.marks > 1, "\(dumb)")
    }
  }

  @Test("JSON on a terminal is JSON, and files and pipes get every byte")
  func exact() throws {
    try inShop { folder in
      let check = "python3 -c 'import json, sys; print(ascii(json.load(sys.stdin)[0][\"name\"]))'"
      let line =
        "script -qec '\"$SEGQ\" shop -F json -c \"select name from customers\" 2>/dev/null' /dev/null"
      let tty = try Program.shell(line + " | " + check, in: folder)
      let pipe = try Program.shell(
        "\"$SEGQ\" shop -F json -c 'select name from customers' | " + check, in: folder)
      #expect(tty.output == pipe.output && pipe.output.contains("\\u202e"), "\(tty) \(pipe)")
      let csv = try Program.run(["shop", "-c", "select name from customers"], in: folder)
      #expect(csv.output == "Name\n\"\(Self.evil)\"\nO\n")
    }
  }
}

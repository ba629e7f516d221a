import Glibc
import Testing

@testable import SegqSystem

/// The whole editor on a pseudo-terminal, keys in, screen out.
@Suite(.serialized) struct EditLoopTests {
  private static let up = "\u{1B}[A"

  /// Reads as often as there are inputs in `keys`, each of them typed when the prompt is up.
  private func session(
    _ keys: String..., history: [String] = [],
    configure: (inout LineEditor.Configuration) -> Void = { _ in }
  ) throws -> (inputs: [LineEditor.Input], screen: [String]) {
    var configuration = LineEditor.Configuration(prompt: "> ", continuationPrompt: ". ")
    configuration.width = testWidth
    configuration.isComplete = { $0.hasSuffix(";") }
    configure(&configuration)
    let store = History(path: nil)
    for entry in history { store.add(entry) }
    let terminal = try #require(PseudoTerminal(columns: 30, rows: 10))
    let loop = try #require(
      EditLoop(configuration, history: store, input: terminal.end, screen: terminal.end))
    var screen = TestScreen(columns: 30, rows: 10, width: testWidth)
    let inputs = keys.map { keys in
      terminal.type(keys)
      let input = loop.read()
      if case .text(let text) = input { store.add(text) }
      screen.feed(terminal.output())
      return input
    }
    return (inputs, screen.transcript)
  }

  @Test(
    "Keys edit the text",
    arguments: [
      ("abc;\r", "abc;"), ("ac\u{1B}[Db\u{5};\r", "abc;"), ("bc\u{1}a\u{5};\r", "abc;"),
      ("abxc\u{2}\u{7F}\u{5};\r", "abc;"), ("abcx;\u{2}\u{2}\u{4}\r", "abc;"),
      ("e\u{301}👩‍👩‍👧\u{7F}\u{7F}日;\r", "日;"), ("abc def\u{17}x;\r", "abc x;"),
      ("ab\u{1B}\rc;\r", "ab\nc;"), ("abc def;\u{1B}[1;5D\u{1B}[1;5DX\r", "Xabc def;"),
      ("one\u{15}two;\r", "two;"), ("é ÿ æ;\r", "é ÿ æ;"),
      ("xe\u{301}y;\u{1}\u{1B}fZ\r", "xe\u{301}Zy;"),
      ("ab\u{1B}\rcd;\u{1B}[Ax\r", "abx\ncd;"), ("ab\u{1B}\rcd;\u{1B}[Hx\r", "ab\nxcd;"),
    ])
  func editing(_ keys: String, _ text: String) throws {
    #expect(try session(keys).inputs == [.text(text)])
  }

  @Test("Enter goes on until the text is complete; on a blank last row it ends anyway")
  func enter() throws {
    let (inputs, screen) = try session("a;\r", "\r", "b\u{1B}\rc\u{1B}\r\r")
    #expect(inputs == [.text("a;"), .text(""), .text("b\nc")])
    #expect(screen == ["> a;", "> ", "> b", ". c"])
  }

  @Test("A paste is one edit, with brackets and without")
  func paste() throws {
    let bracketed = try session("\u{1B}[200~a;\r\nb\tc;\r\n\u{1B}[201~\r")
    #expect(bracketed.inputs == [.text("a;\nb\tc;")])
    let plain = try session("a;\rb\tc;\rd;\r")
    #expect(plain.inputs == [.text("a;\nb\tc;\nd;")])
    #expect(plain.screen == ["> a;", ". b    c;", ". d;"])
  }

  @Test("Ctrl-C drops the text, Ctrl-D on nothing ends, on something it deletes")
  func leaving() throws {
    let (inputs, screen) = try session("abc\u{2}\u{3}", "a\u{4};\u{1}\u{4}\r", "\u{4}")
    #expect(inputs == [.interrupted, .text(";"), .end])
    #expect(screen == ["> abc^C", "> ;", "> "])
  }

  @Test("Up finds older entries, Down the text left behind")
  func recall() throws {
    let keys = [
      "new\(Self.up)\(Self.up)\r", "new;\(Self.up)\u{1B}[B\r", "\(Self.up)\(Self.up)\(Self.up)\r",
      "tw\u{1B}[5~\r",
    ]
    let entries = ["one;", "two\nrows;", "three;"]
    #expect(try session(keys[0], history: entries).inputs == [.text("two\nrows;")])
    #expect(try session(keys[1], history: entries).inputs == [.text("new;")])
    #expect(try session(keys[2], history: entries).inputs == [.text("two\nrows;")])
    #expect(try session(keys[3], history: entries).inputs == [.text("two\nrows;")])
  }

  @Test("Ctrl-R searches; Enter runs what was found, Ctrl-G forgets it")
  func search() throws {
    let entries = ["alpha one;", "beta;", "alpha two;"]
    #expect(try session("x\u{12}alp\u{12}\r", history: entries).inputs == [.text("alpha one;")])
    #expect(try session("x;\u{12}alp\u{7}\r", history: entries).inputs == [.text("x;")])
    #expect(try session("\u{12}bet\u{1}so \r", history: entries).inputs == [.text("so beta;")])
    #expect(try session("\u{12}bet\u{3}", history: entries).inputs == [.interrupted])
  }

  @Test("Ctrl-R shows what it would come to next")
  func searchList() throws {
    let search = Search.found("alp", in: ["alpha one;", "beta;", "alpha\ntwo;", "alpha three;"])
    #expect(search.below.map { $0.map(\.text).joined() } == ["  alpha two;", "  alpha one;"])
    #expect(search.text.text == "alpha three;")
  }

  @Test("Ctrl-X Ctrl-E hands the text to an editor and takes what comes back")
  func edit() throws {
    let inputs = try session("ab\u{18}\u{5};\r") { $0.edit = { "<\($0)>" } }.inputs
    #expect(inputs == [.text("<ab>;")])
    let kept = try session("ab;\u{18}\u{5}\r") { $0.edit = { _ in nil } }.inputs
    #expect(kept == [.text("ab;")])
  }

  @Test("Without an entry that fits, what Tab would offer first is suggested")
  func suggestedCompletion() throws {
    let inputs = try session("sel\u{1B}[C;\r") { configuration in
      configuration.usesColor = true
      configuration.complete = { _, cursor in
        Completions(
          replace: 0..<cursor, candidates: [Candidate("select "), Candidate("selected ")])
      }
    }.inputs
    #expect(inputs == [.text("select;")])
  }

  @Test("A suggestion is taken by Right or End at the end, and only where colours show it")
  func suggestion() throws {
    func coloured(_ keys: String) throws -> [LineEditor.Input] {
      try session(keys, history: ["select a;"]) { $0.usesColor = true }.inputs
    }
    #expect(try coloured("sel\u{1B}[C\r") == [.text("select a;")])
    #expect(try coloured("sel\u{5}\r") == [.text("select a;")])
    #expect(try coloured("sel;\u{2}\u{2}\u{6}x\r") == [.text("selx;")])
    #expect(try session("sel\u{6};\r", history: ["select a;"]).inputs == [.text("sel;")])
  }

  @Test(
    "Tab inserts what is certain, and nothing when nothing is",
    arguments: [("日", "日本;"), ("s", "stat;"), ("x", "x;"), ("stat", "stat;")])
  func completion(_ typed: String, _ text: String) throws {
    let names = ["status", "state", "日本"]
    let inputs = try session("\(typed)\t\u{5};\r") { configuration in
      configuration.complete = { text, cursor in
        Completions(
          replace: 0..<cursor,
          candidates: names.filter { $0.hasPrefix(text) }.map { Candidate($0) })
      }
    }.inputs
    #expect(inputs == [.text(text)])
  }

  @Test("libedit sees a wide screen when a line begins, and the user's terminal behind it")
  func wideScreen() throws {
    let terminal = try #require(PseudoTerminal(columns: 2, rows: 3))
    terminal.type("x")
    let screen = try #require(WideScreen(besides: terminal.end))
    func size() -> [UInt16] {
      var size = winsize()
      unsafe _ = ioctl(screen.descriptor, UInt(TIOCGWINSZ), &size)
      return [size.ws_row, size.ws_col]
    }
    func isRaw() -> Bool {
      var modes = termios()
      unsafe tcgetattr(screen.descriptor, &modes)
      return modes.c_lflag & tcflag_t(ICANON) == 0
    }
    #expect(size() == [3, 2] && !screen.leave())
    screen.show()
    #expect(size() == [64, 16_384] && isRaw())
    #expect(screen.leave() && size() == [3, 2] && isRaw() && !screen.leave())
    #expect(fcntl(screen.descriptor, F_GETFD) == FD_CLOEXEC)
  }

  @Test("A long line on a small terminal is typed, walked and taken", arguments: [1, 2, 10])
  func smallTerminal(columns: UInt16) throws {
    let terminal = try #require(PseudoTerminal(columns: columns, rows: 3))
    let line = try #require(LibEdit(input: terminal.end))
    let typed = String(repeating: "select x\u{1}a\u{5}", count: 60)
    var rest = Array(typed.unicodeScalars)[...]
    line.nextCharacter = { rest.popFirst() }
    line.run()
    #expect(line.text.text.count == 60 * 9)
  }

  @Test("What libedit does to the text and what is set is what is read back", arguments: 0..<100)
  func text(_ seed: UInt64) throws {
    let terminal = try #require(PseudoTerminal(columns: 30, rows: 10))
    let line = try #require(LibEdit(input: terminal.end))
    var random = Seeded(seed)
    for _ in 0..<10 {
      let pieces = (0..<Int.random(in: 0...6, using: &random)).map { _ in
        ["a", "b\n", "日", "é", "e\u{301}", "👩‍👩‍👧"].randomElement(using: &random) ?? ""
      }
      var text = EditText(pieces.joined())
      text.cursor = text.places.randomElement(using: &random) ?? 0
      line.text = text
      #expect(line.text == text)
      line.insert("x")
      text.replace(text.cursor..<text.cursor, with: "x")
      #expect(line.text == text)
    }
  }
}

/// Both ends of a terminal that nobody looks at.
private final class PseudoTerminal {
  private let master: Int32
  /// The end that a program reads from and writes to.
  let end: Int32

  /// TIOCGPTN and TIOCSPTLCK, which the import of the C library leaves out.
  private static let getNumber: UInt = 0x8004_5430
  private static let setLock: UInt = 0x4004_5431

  init?(columns: UInt16, rows: UInt16) {
    master = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var number: Int32 = 0
    var lock: Int32 = 0
    guard unsafe ioctl(master, Self.getNumber, &number) == 0,
      unsafe ioctl(master, Self.setLock, &lock) == 0
    else { return nil }
    end = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard end >= 0 else { return nil }
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    unsafe _ = ioctl(end, UInt(TIOCSWINSZ), &size)
  }

  deinit {
    close(master)
    close(end)
  }

  /// Into a terminal without echo and signals, as if the prompt were up already.
  func type(_ keys: String) {
    var modes = termios()
    unsafe tcgetattr(end, &modes)
    unsafe cfmakeraw(&modes)
    unsafe tcsetattr(end, TCSANOW, &modes)
    Descriptor.write(Array(keys.utf8), to: master)
  }

  func output() -> [UInt8] {
    var bytes: [UInt8] = []
    while Wait.forInput(master, milliseconds: 0) == .ready,
      case .bytes(let more) = Descriptor.read(master)
    {
      bytes += more
    }
    return bytes
  }
}

extension Search {
  /// What the search for a text shows.
  fileprivate static func found(_ query: String, in entries: [String]) -> Scene {
    let history = History(path: nil)
    for entry in entries { history.add(entry) }
    var search = Search()
    for scalar in query.unicodeScalars { search.extend(scalar, history) }
    return search.scene(from: Scene(width: testWidth), history, columns: 30)
  }
}

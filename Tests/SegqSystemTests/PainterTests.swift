import Testing

@testable import SegqSystem

@Suite struct PainterTests {
  private static let pieces = [
    "a", "bc", " ", "\n", "日本", "é", "e\u{301}", "👩‍👩‍👧", "❤️", "0123456789", "\n\n", "select",
  ]

  private func scene(_ random: inout Seeded) -> Scene {
    let count = Int.random(in: 0...12, using: &random)
    let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
    let places = EditText(text).places
    var scene = Scene(width: testWidth)
    scene.prompt = "s> "
    scene.continuation = ". "
    scene.text = EditText(text, cursor: places.randomElement(using: &random))
    scene.usesColor = Bool.random(using: &random)
    scene.inks = text.utf8.count > 2 ? [(1..<3, .text(.keyword))] : []
    if Bool.random(using: &random) { scene.suffix = Span("later", .suggestion) }
    if Int.random(in: 0...3, using: &random) == 0 {
      scene.below = [[Span("x"), Span("y", .detail)]]
    }
    return scene
  }

  @Test(
    "Whatever was there before, the screen shows the frame and nothing else", arguments: 0..<300)
  func anything(_ seed: UInt64) {
    var random = Seeded(seed)
    let columns = Int.random(in: 1...30, using: &random)
    let rows = Int.random(in: 1...10, using: &random)
    var screen = TestScreen(columns: columns, rows: rows, width: testWidth)
    for _ in 0..<Int.random(in: 0...rows, using: &random) { screen.feed([0x0A]) }
    var painter = Painter()
    var top = 0
    for _ in 0..<12 {
      let frame = scene(&random).frame(columns: columns, height: rows, top: top)
      top = frame.top
      var bytes: [UInt8] = []
      painter.paint(frame, into: &bytes)
      screen.feed(bytes)
      expect(screen, shows: frame)
    }
  }

  private func expect(_ screen: TestScreen, shows frame: Frame) {
    #expect(screen.unknown.isEmpty)
    #expect(screen.column == frame.cursor.column)
    let first = screen.row - frame.cursor.row
    guard first >= 0, first + frame.rows.count <= screen.rows else {
      Issue.record("the frame is not on the screen")
      return
    }
    #expect(Array(screen.lines[first...].prefix(frame.rows.count)) == frame.rows.map(\.text))
    #expect(screen.lines[(first + frame.rows.count)...].allSatisfy { $0.isEmpty })
    #expect(frame.rows.allSatisfy { $0.width == $0.text.reduce(0) { $0 + testWidth($1) } })
  }

  @Test("What stands above the prompt stays, and the end leaves every row of a text too tall")
  func finish() {
    var screen = TestScreen(columns: 10, rows: 3, width: testWidth)
    screen.feed(Array("before\r\n".utf8))
    var scene = Scene(width: testWidth)
    scene.prompt = "> "
    scene.continuation = ". "
    scene.text = EditText("a\nb\nc\nd\ne")
    var painter = Painter()
    var bytes: [UInt8] = []
    painter.paint(scene.frame(columns: 10, height: 3), into: &bytes)
    screen.feed(bytes)
    #expect(screen.lines == [". c", ". d", ". e"])
    bytes = []
    painter.paint(scene.frame(columns: 10, height: .max), into: &bytes)
    painter.finish(into: &bytes)
    screen.feed(bytes + Array("after".utf8))
    #expect(screen.transcript == ["before", "> a", ". b", ". c", ". d", ". e", "after"])
  }

  @Test("Nothing is written when nothing has changed, one row when one has")
  func difference() {
    var scene = Scene(width: testWidth)
    scene.text = EditText("first\nsecond\nthird", cursor: 0)
    var painter = Painter()
    var bytes: [UInt8] = []
    painter.paint(scene.frame(columns: 20, height: 9), into: &bytes)
    bytes = []
    painter.paint(scene.frame(columns: 20, height: 9), into: &bytes)
    #expect(bytes.isEmpty)
    scene.text = EditText("first\nzweite\nthird", cursor: 0)
    painter.paint(scene.frame(columns: 20, height: 9), into: &bytes)
    let written = String(decoding: bytes, as: UTF8.self)
    #expect(written.contains("zweite"))
    #expect(!written.contains("first") && !written.contains("third"))
  }

  @Test("A window made narrower folds the rows; they are all taken back")
  func narrower() {
    var scene = Scene(width: testWidth)
    scene.prompt = "> "
    scene.text = EditText("0123456789\nabc")
    var painter = Painter()
    var bytes: [UInt8] = []
    painter.paint(scene.frame(columns: 20, height: 9), into: &bytes)
    var folded = TestScreen(columns: 5, rows: 9, width: testWidth)
    folded.feed(Array("above\r\n> 0123456789\r\nabc".utf8))
    bytes = []
    painter.erase(columns: 5, into: &bytes)
    folded.feed(bytes)
    #expect(folded.transcript == ["above"])
    #expect(folded.row == 1)
  }
}

extension Row {
  /// What is to be read, without the escape sequences.
  var text: String {
    let parts = String(decoding: bytes, as: UTF8.self).split(
      separator: "\u{1B}", omittingEmptySubsequences: false)
    let rest = parts.dropFirst().map { $0.drop { $0 != "m" }.dropFirst() }
    return ([parts.first ?? ""] + rest).joined()
  }
}

extension EditText {
  /// Every place where a cursor may stand.
  var places: [Int] {
    text.indices.map { text.utf8.distance(from: text.startIndex, to: $0) } + [length]
  }
}

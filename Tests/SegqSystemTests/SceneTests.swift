import Testing

@testable import SegqSystem

@Suite struct SceneTests {
  private func scene(_ text: String, cursor: Int? = nil) -> Scene {
    var scene = Scene(width: testWidth)
    scene.prompt = "s> "
    scene.continuation = ".. "
    scene.text = EditText(text, cursor: cursor)
    return scene
  }

  private func lines(_ scene: Scene, columns: Int, height: Int = 99) -> [String] {
    scene.frame(columns: columns, height: height).rows.map(\.text)
  }

  @Test("Rows begin with their prompt and go on below where they are full")
  func rows() {
    #expect(lines(scene("abcdefgh\nij"), columns: 8) == ["s> abcde", "fgh", ".. ij"])
    #expect(lines(scene("ab日本"), columns: 6) == ["s> ab", "日本"])
    #expect(lines(scene("a\n\n"), columns: 8) == ["s> a", ".. ", ".. "])
  }

  @Test(
    "The cursor stands where the next character will be",
    arguments: [
      ("", 0, 0, 3), ("ab", 1, 0, 4), ("ab", 2, 0, 5), ("abcde", 5, 1, 0), ("abcdef", 5, 1, 0),
      ("abcde\nf", 5, 0, 7), ("abcde\nf", 6, 1, 3), ("abcd日", 4, 1, 0), ("日本", 3, 0, 5),
      ("e\u{301}x", 3, 0, 4), ("e\u{301}x", 1, 0, 3), ("a\n", 2, 1, 3),
    ])
  func cursor(_ text: String, _ cursor: Int, _ row: Int, _ column: Int) {
    let frame = scene(text, cursor: cursor).frame(columns: 8, height: 99)
    #expect(frame.cursor == Frame.Place(row: row, column: column))
  }

  @Test("The window follows the cursor, and moves no farther than it must")
  func window() {
    let text = "a\nb\nc\nd\ne"
    func top(_ cursor: Int, from top: Int) -> Int {
      scene(text, cursor: cursor).frame(columns: 8, height: 3, top: top).top
    }
    #expect(top(9, from: 0) == 2)
    #expect(top(6, from: 2) == 2)
    #expect(top(4, from: 2) == 2)
    #expect(top(2, from: 2) == 1)
    #expect(top(4, from: 1) == 1)
    #expect(top(0, from: 99) == 0)
    #expect(top(8, from: 99) == 2)
  }

  @Test("Control characters are seen and cannot act; a tab is some blanks")
  func controls() {
    #expect(lines(scene("\u{1B}[2J\t|\u{7F}\u{9B}"), columns: 40) == ["s> ^[[2J    |^?\u{FFFD}"])
  }

  @Test("What is wider than the screen is shown as one cell")
  func tiny() {
    var narrow = scene("日a")
    narrow.prompt = ""
    #expect(lines(narrow, columns: 1) == ["?", "a", ""])
  }

  @Test("Colours are switched on and off within their row, and are not there when not wanted")
  func colours() {
    var colourful = scene("select 5")
    colourful.prompt = ""
    colourful.inks = [(0..<6, .text(.keyword)), (7..<8, .text(.number))]
    #expect(colourful.frame(columns: 9, height: 9).rows.map(\.bytes) == [Array("select 5".utf8)])
    colourful.usesColor = true
    let row = colourful.frame(columns: 9, height: 9).rows.map {
      String(decoding: $0.bytes, as: UTF8.self)
    }
    #expect(row == ["\u{1B}[94mselect\u{1B}[0;0m \u{1B}[36m5\u{1B}[0;0m"])
  }

  @Test("A light terminal has other colours; of two inks the later one lies on top")
  func themes() {
    var scene = scene("ab cd")
    scene.prompt = ""
    scene.usesColor = true
    scene.theme = .light
    scene.inks = [(0..<5, .text(.string)), (3..<5, .text(.error))]
    let rows = scene.frame(columns: 9, height: 9).rows
    #expect(
      rows.map { String(decoding: $0.bytes, as: UTF8.self) } == [
        "\u{1B}[32mab \u{1B}[0;31;4mcd\u{1B}[0;0m"
      ])
    #expect(Theme(colors: "0;15") == .light && Theme(colors: "15;default;0") == .dark)
    #expect(Theme(colors: nil) == .dark)
  }

  @Test("The suffix stands behind the cursor, the list below the text")
  func around() {
    var full = scene("sel")
    full.suffix = Span("ect", .suggestion)
    full.below = [[Span("one"), Span("two", .detail)]]
    let frame = full.frame(columns: 20, height: 9)
    #expect(frame.rows.map(\.text) == ["s> select", "onetwo"])
    #expect(frame.cursor == Frame.Place(row: 0, column: 6))
  }

  @Test("Any text, any cursor and any size make a frame that fits", arguments: 0..<400)
  func anything(_ seed: UInt64) {
    var random = Seeded(seed)
    let scalars: [Unicode.Scalar] = [
      "a", "\n", "\r", "\t", "日", "\u{301}", "\u{200D}", "👩", "\u{FE0F}", "\u{1B}", "\u{0}", "🇩",
      "\u{FFFD}",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      text.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a")
    }
    let cursor = Int.random(in: 0...text.utf8.count, using: &random)
    let columns = Int.random(in: -1...20, using: &random)
    let height = Int.random(in: -1...8, using: &random)
    let frame = scene(text, cursor: cursor).frame(
      columns: columns, height: height, top: Int.random(in: 0...50, using: &random))
    #expect(frame.rows.count <= max(1, height))
    #expect(frame.rows.allSatisfy { $0.width <= max(1, columns) })
    #expect(frame.rows.indices.contains(frame.cursor.row))
    #expect((0..<max(1, columns)).contains(frame.cursor.column))
  }
}

/// Finds each `${x}` of a line for the shell, and how the shell reads its place.
///
/// Knows the quotes, substitutions, comments and `case` of POSIX (2024, volume 3, 2.2 and 2.6) and what
/// bash evaluates besides. A mistake here makes several words of a value, never a part of the program.
struct ShellReader {
  /// A byte as the shell comes to read it, and where it stands: `` `echo \`date\`` `` is read twice.
  struct Unit {
    var byte: UInt8
    var offset: Int
    /// Whether a `\` before it was taken away.
    var isEscaped = false
  }

  let source: SourceText
  let units: [Unit]
  var position = 0
  var frames: [ShellFrame] = [.commands(ShellWords(kind: .line))]
  var found: [ShellCommand.Variable] = []

  static func variables(of source: SourceText, _ span: SourceSpan) -> [ShellCommand.Variable] {
    read(source, span.range.map { Unit(byte: source.bytes[$0], offset: $0) })
  }

  private static func read(_ source: SourceText, _ units: [Unit]) -> [ShellCommand.Variable] {
    var reader = ShellReader(source: source, units: units)
    while reader.position < units.count { reader.step() }
    reader.endWord()
    return reader.found
  }

  private init(source: SourceText, units: [Unit]) {
    self.source = source
    self.units = units
  }

  func byte(_ distance: Int = 0) -> UInt8? {
    position + distance < units.count ? units[position + distance].byte : nil
  }

  func isNext(_ text: String) -> Bool {
    units.dropFirst(position).lazy.map(\.byte).starts(with: text.utf8)
  }

  private mutating func step() {
    if takeVariable(frames.last?.isQuoted == true ? .quoted : .bare) { return }
    switch (byte(), frames.last) {
    case (UInt8(ascii: "\\"), _):
      openWord(plain: false)
      position += 2
    case (UInt8(ascii: "`"), _): readBackquotes()
    case (UInt8(ascii: "$"), _): readDollar()
    case (_, .commands): stepInCommands()
    case (_, .doubleQuotes): stepInQuotes()
    case (_, .parameter(let parameter)): stepIn(parameter)
    case (_, .arithmetic(let arithmetic)): stepIn(arithmetic)
    case (_, nil): position += 1
    }
  }

  /// Takes `${x}`, where it stands here.
  mutating func takeVariable(_ place: ShellCommand.Place) -> Bool {
    guard isNext("${"), !units[position].isEscaped else { return false }
    let start = units[position].offset + 2
    let close = source.bytes[start...].firstIndex { !$0.isWordPart && $0 != UInt8(ascii: ".") }
    guard let close, source.bytes[close] == UInt8(ascii: "}"),
      let name = VariableName(source, SourceSpan(start, close))
    else { return false }
    openWord(plain: false)
    noteInTest()
    found.append(ShellCommand.Variable(name: name, place: place, isArithmetic: isArithmetic))
    position += close - start + 3
    return true
  }

  /// Whether what stands here is evaluated, be it in quotes.
  private var isArithmetic: Bool {
    for frame in frames.reversed() {
      switch frame {
      case .arithmetic: return true
      case .commands: return false
      case .doubleQuotes, .parameter: continue
      }
    }
    return false
  }

  // What may stand in several contexts.

  private mutating func readDollar() {
    openWord(plain: false)
    let isQuoted = frames.last?.isQuoted == true
    if isNext("$((") {
      open(.arithmetic(.init(end: .parentheses)), 3)
    } else if isNext("$(") {
      open(.commands(ShellWords(kind: .parentheses)), 2)
    } else if isNext("$[") {
      open(.arithmetic(.init(end: .bracket)), 2)
    } else if isNext("${") {
      open(.parameter(.init(isQuoted: isQuoted)), 2)
      skipParameterName()
    } else if isNext("$'"), !isQuoted {
      position += 2
      readSingleQuotes(.ansi)
    } else {
      // `$$` is a number of the shell's, also before `{`.
      position += isNext("$$") ? 2 : 1
    }
  }

  mutating func open(_ frame: ShellFrame, _ length: Int) {
    frames.append(frame)
    position += length
  }

  mutating func close(_ length: Int = 1) {
    frames.removeLast()
    position += length
  }

  /// From behind the opening quote to behind the closing one.
  mutating func readSingleQuotes(_ place: ShellCommand.Place) {
    while let next = byte(), next != UInt8(ascii: "'") {
      if takeVariable(place) { continue }
      position += next == UInt8(ascii: "\\") && place == .ansi ? 2 : 1
    }
    position += 1
  }

  /// `` `…` ``, whose text the shell reads anew without the `\` before `` ` ``, `$` and `\`.
  private mutating func readBackquotes() {
    openWord(plain: false)
    let isQuoted = frames.last?.isQuoted == true
    var inner: [Unit] = []
    position += 1
    while let next = byte(), next != UInt8(ascii: "`") {
      if next == UInt8(ascii: "\\"), let escaped = byte(1), isUnescaped(escaped, isQuoted) {
        inner.append(Unit(byte: escaped, offset: units[position + 1].offset, isEscaped: true))
        position += 2
      } else {
        inner.append(units[position])
        position += 1
      }
    }
    position += 1
    found += Self.read(source, inner)
  }

  private func isUnescaped(_ byte: UInt8, _ isQuoted: Bool) -> Bool {
    "`$\\".utf8.contains(byte) || isQuoted && byte == UInt8(ascii: "\"")
  }

  private mutating func stepInQuotes() {
    if byte() == UInt8(ascii: "\"") { close() } else { position += 1 }
  }
}

// MARK: - Parameters and arithmetic

extension ShellReader {
  /// `#y`, `!y`, `y`, `@`
  private mutating func skipParameterName() {
    if let first = byte(), "#!".utf8.contains(first), byte(1) != UInt8(ascii: "}") { position += 1 }
    if let first = byte(), "@*#?-$!".utf8.contains(first) {
      position += 1
    } else {
      while let next = byte(), next.isWordPart { position += 1 }
    }
  }

  private mutating func stepIn(_ parameter: ShellFrame.Parameter) {
    guard parameter.word != nil else { return readOperator(parameter) }
    let isQuoted = frames.last?.isQuoted == true
    switch byte() {
    case UInt8(ascii: "}"): close()
    case UInt8(ascii: "\""): open(.doubleQuotes, 1)
    case UInt8(ascii: "'") where !isQuoted:
      position += 1
      readSingleQuotes(.single)
    default: position += 1
    }
  }

  /// What follows the name: `}`, a subscript, `:-`, `:` with numbers, `%` and its like.
  private mutating func readOperator(_ parameter: ShellFrame.Parameter) {
    var parameter = parameter
    let first = byte(), second = byte(1)
    if first == UInt8(ascii: "}") { return close() }
    if first == UInt8(ascii: "[") { return open(.arithmetic(.init(end: .bracket)), 1) }
    let isColon = first == UInt8(ascii: ":")
    let sign = isColon ? second : first
    if let sign, "-=?+".utf8.contains(sign) {
      parameter.word = .text
      position += isColon ? 2 : 1
    } else if isColon {
      frames.removeLast()
      return open(.arithmetic(.init(end: .brace)), 1)
    } else {
      parameter.word = .pattern
    }
    frames[frames.count - 1] = .parameter(parameter)
  }

  private mutating func stepIn(_ arithmetic: ShellFrame.Arithmetic) {
    var arithmetic = arithmetic
    switch byte() {
    case UInt8(ascii: "\""): return open(.doubleQuotes, 1)
    case UInt8(ascii: "("), UInt8(ascii: "["): arithmetic.depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      if arithmetic.depth == 0 { return end(arithmetic) }
      if byte() != UInt8(ascii: "}") { arithmetic.depth -= 1 }
    default: break
    }
    frames[frames.count - 1] = .arithmetic(arithmetic)
    position += 1
  }

  private mutating func end(_ arithmetic: ShellFrame.Arithmetic) {
    switch (arithmetic.end, byte()) {
    case (.parentheses, UInt8(ascii: ")")) where isNext("))"): close(2)
    case (.parentheses, UInt8(ascii: ")")):
      // `((a); b)` was a subshell within another.
      frames[frames.count - 1] = .commands(ShellWords(kind: .parentheses, isCommandStart: false))
      position += 1
    case (.bracket, UInt8(ascii: "]")), (.brace, UInt8(ascii: "}")): close()
    case (.parentheses, _), (.bracket, _), (.brace, _): position += 1
    }
  }
}

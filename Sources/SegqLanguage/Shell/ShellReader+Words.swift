// Words of commands: where one begins, which `)` ends a pattern of `case`, what `#` begins a comment.
extension ShellReader {
  /// What the innermost frame knows of its words, where it has any.
  private var words: ShellWords? {
    get {
      guard case .commands(let words) = frames.last else { return nil }
      return words
    }
    set {
      guard let newValue, case .commands = frames.last else { return }
      frames[frames.count - 1] = .commands(newValue)
    }
  }

  /// A word goes on here; not `plain` where it has quotes or expansions.
  mutating func openWord(plain: Bool) {
    guard var words else { return }
    words.wordStart = words.wordStart ?? position
    words.isPlain = words.isPlain && plain
    self.words = words
  }

  /// The bytes of the word that is open, as typed.
  private func word(of words: ShellWords) -> [UInt8] {
    words.wordStart.map { units[$0..<min(position, units.count)].map(\.byte) } ?? []
  }

  mutating func stepInCommands() {
    guard let byte = byte(), let words else { return }
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "<"), UInt8(ascii: ">"):
      endWord()
      position += 1
    case UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"): endCommand()
    case UInt8(ascii: "("): openParenthesis(words)
    case UInt8(ascii: ")"): closeParenthesis()
    case UInt8(ascii: "#") where !words.isInWord: readComment()
    case UInt8(ascii: "["): openBracket(words)
    case UInt8(ascii: "\""):
      openWord(plain: false)
      open(.doubleQuotes, 1)
    case UInt8(ascii: "'"):
      openWord(plain: false)
      position += 1
      readSingleQuotes(.single)
    default:
      openWord(plain: true)
      position += 1
    }
  }

  private mutating func endCommand() {
    endWord()
    let isEndOfCase = isNext(";;") || isNext(";&")
    if isEndOfCase, (words?.openCases ?? 0) > 0 { words?.isPattern = true }
    words?.isCommandStart = true
    position += isEndOfCase ? 2 : 1
  }

  private mutating func readComment() {
    while position < units.count { if !takeVariable(.bare) { position += 1 } }
  }

  private mutating func openParenthesis(_ words: ShellWords) {
    if words.isPattern, !words.isInWord {
      position += 1
    } else if isNext("((") {
      endWord()
      open(.arithmetic(.init(end: .parentheses)), 2)
    } else {
      let isArray = words.isInWord && units[position - 1].byte == UInt8(ascii: "=")
      endWord()
      open(.commands(ShellWords(kind: isArray ? .array : .parentheses)), 1)
    }
  }

  private mutating func closeParenthesis() {
    endWord()
    if words?.isPattern == true {
      words?.isPattern = false
      words?.isCommandStart = true
      position += 1
      return
    }
    switch words?.kind {
    case .parentheses, .array:
      close()
      // Behind `f()` comes a command; behind `$(…)` the word goes on.
      if words?.isInWord == false { words?.isCommandStart = true }
    case .line, .test, nil: position += 1
    }
  }

  /// `a[1]=b` and `a=([1]=b)`, whose subscripts are evaluated.
  private mutating func openBracket(_ words: ShellWords) {
    let isSubscript =
      switch words.kind {
      case .array: !words.isInWord
      case .line, .parentheses, .test:
        words.isCommandStart && !words.isPattern && words.isPlain
          && word(of: words).isShellName
      }
    openWord(plain: true)
    if isSubscript { open(.arithmetic(.init(end: .bracket)), 1) } else { position += 1 }
  }

  /// Looks at the word that ends here, for what it opens or closes.
  mutating func endWord() {
    guard var words, words.isInWord else { return }
    let bytes = word(of: words)
    let text = words.isPlain ? String(decoding: bytes, as: UTF8.self) : ""
    words.wordStart = nil
    words.isPlain = true
    switch words.kind {
    case .test:
      self.words = words
      return endWordInTest(text)
    case .line, .parentheses, .array: break
    }
    words.note(text, bytes)
    let opensTest = words.isCommandStart && text == "[["
    if opensTest { words.isCommandStart = false }
    self.words = words
    if opensTest { frames.append(.commands(ShellWords(kind: .test))) }
  }
}

extension ShellWords {
  /// A word that ends; its text is empty where it has quotes or expansions.
  fileprivate mutating func note(_ text: String, _ bytes: [UInt8]) {
    switch casePart {
    case .subject: casePart = .wordIn
    case .wordIn:
      casePart = nil
      if text == "in" {
        openCases += 1
        isPattern = true
      }
    case nil where isPattern: if text == "esac" { endCase() }
    case nil: if isCommandStart { noteFirst(text, bytes) }
    }
  }

  private mutating func noteFirst(_ text: String, _ bytes: [UInt8]) {
    switch text {
    case "case":
      casePart = .subject
      isCommandStart = false
    case "esac": endCase()
    case "if", "then", "else", "elif", "while", "until", "do", "{", "!", "time", "[[": break
    default: isCommandStart = bytes.isAssignment
    }
  }

  private mutating func endCase() {
    openCases = max(0, openCases - 1)
    isPattern = false
    isCommandStart = false
  }
}

// MARK: - [[ … ]]

extension ShellReader {
  /// Remembers which variables stand in the word of a test.
  mutating func noteInTest() {
    for index in frames.indices.reversed() {
      switch frames[index] {
      case .doubleQuotes, .parameter: continue
      case .arithmetic: return
      case .commands(var words):
        words.variables.append(found.count)
        frames[index] = .commands(words)
        return
      }
    }
  }

  private mutating func endWordInTest(_ text: String) {
    guard var words else { return }
    switch text {
    case "]]":
      frames.removeLast()
      return
    case "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
      for place in words.variablesBefore { found[place].isArithmetic = true }
      words.evaluatesNext = true
    case "-v", "-R", "-t": words.evaluatesNext = true
    default:
      if words.evaluatesNext {
        for place in words.variables { found[place].isArithmetic = true }
      }
      words.evaluatesNext = false
    }
    words.variablesBefore = words.variables
    words.variables = []
    self.words = words
  }
}

extension [UInt8] {
  /// `a_1`
  fileprivate var isShellName: Bool {
    first.map { !$0.isDigit } ?? false && allSatisfy(\.isWordPart)
  }

  /// `a=…`, `a+=…`, `a[…]=…`
  fileprivate var isAssignment: Bool {
    let name = Array(prefix(while: \.isWordPart))
    guard name.isShellName, let next = dropFirst(name.count).first else { return false }
    return next == UInt8(ascii: "=") || next == UInt8(ascii: "+") || next == UInt8(ascii: "[")
  }
}

/// A line for a shell, made by the shell's own grammar, and of each `${x}` in it whether bash evaluates it.
///
/// ```
/// printf %s "$(case a in a) z[1+${x}]=b;; esac)"     [true]
/// ```
struct RandomShellLine {
  private(set) var text = ""
  private(set) var evaluated: [Bool] = []
  /// Whether what a command makes of a value is evaluated: `$(($(echo ${x}) + 1))`.
  private(set) var evaluatesOutput = false
  private var dice: Dice
  /// Whether backquotes are open: in them no others are made.
  private var isInBackquotes = false
  private var openArithmetic = 0

  init(seed: UInt64) {
    dice = Dice(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    for _ in 0..<5 { _ = dice.next() }
    command(3)
    if roll(4) == 0 { add(" # it's '\"$((${x}", [false]) }
  }

  private mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &dice) }

  private mutating func add(_ more: String, _ variables: [Bool] = []) {
    text += more
    evaluated += variables
    if openArithmetic > 0, variables.contains(false) { evaluatesOutput = true }
  }

  private mutating func command(_ depth: Int) {
    switch depth == 0 ? 0 : roll(17) {
    case 1: between(" (", ")") { $0.command(depth - 1) }
    case 2: between("{ ", "; }") { $0.command(depth - 1) }
    case 3: between("if :; then ", "; fi") { $0.command(depth - 1) }
    case 4: between("f() { ", "; }; f") { $0.command(depth - 1) }
    case 5:
      between("case ", " in ") { $0.word(depth - 1) }
      between("b) :;; ", ") ") { $0.word(depth - 1) }
      between("", ";; esac") { $0.command(depth - 1) }
    case 6: between("case a in (b) ;; a | c) ", " ;; esac") { $0.command(depth - 1) }
    case 7:
      command(depth - 1)
      add("; ")
      command(depth - 1)
    case 8: between("v=") { $0.word(depth - 1) }
    case 9:
      between("w[", "]=") { $0.arithmetic(depth - 1) }
      word(depth - 1)
    case 10: between("((", "))") { $0.arithmetic(depth - 1) }
    case 11:
      between("w=([", "]=") { $0.arithmetic(depth - 1) }
      between("", ")") { $0.word(depth - 1) }
    case 12:
      openArithmetic += 1
      between("[[ ", " -eq ") { $0.word(depth - 1, isEvaluated: true) }
      between("", " ]]") { $0.word(depth - 1, isEvaluated: true) }
      openArithmetic -= 1
    case 13:
      between("[[ ", " == ") { $0.word(depth - 1) }
      between("", " && 1 -lt 2 ]] || ") { $0.word(depth - 1) }
      command(depth - 1)
    case 14: between("for i in ", "; do :; done") { $0.word(depth - 1) }
    case 15: between("for ((i = 0; i < ", "; i++)); do break; done") { $0.arithmetic(depth - 1) }
    default: between("printf %s a#") { $0.word(depth) }
    }
  }

  /// Pieces of a word, of which one at least is a variable or has one.
  private mutating func word(_ depth: Int, isEvaluated: Bool = false) {
    let variable = { (line: inout RandomShellLine) in line.add("${x}", [isEvaluated]) }
    switch depth <= 0 ? roll(4) : roll(14) {
    case 0: variable(&self)
    case 1: between("'it ", " is'", variable)
    case 2: between("\"it's ", "\"", variable)
    case 3: between("a\\'\\\"", "b", variable)
    case 4: between("\"", "\"") { $0.quoted(depth - 1, isEvaluated) }
    case 5: between("$(", ")") { $0.command(depth - 1) }
    case 6: backquoted("`", "`", depth)
    case 7: backquoted("\"`", "`\"", depth)
    case 8: between("${y:-", "}") { $0.word(depth - 1, isEvaluated: isEvaluated) }
    case 9: between("${y%", "}") { $0.word(depth - 1, isEvaluated: isEvaluated) }
    case 10: between("$((", "))") { $0.arithmetic(depth - 1) }
    case 11: between("${y:", "}") { $0.arithmetic(depth - 1) }
    case 12: between("${z[", "]:-a}") { $0.arithmetic(depth - 1) }
    default: between("$[", "]") { $0.arithmetic(depth - 1) }
    }
  }

  private mutating func quoted(_ depth: Int, _ isEvaluated: Bool) {
    switch depth <= 0 ? 0 : roll(7) {
    case 1: between("$(", ")") { $0.command(depth - 1) }
    case 2: between("${y:-", "}") { $0.quoted(depth - 1, isEvaluated) }
    case 3: between("${y#", "}") { $0.word(depth - 1, isEvaluated: isEvaluated) }
    case 4: between("$((", "))") { $0.arithmetic(depth - 1) }
    case 5: between("${y:1:", "}") { $0.arithmetic(depth - 1) }
    default: add("${x}", [isEvaluated])
    }
  }

  private mutating func backquoted(_ start: String, _ end: String, _ depth: Int) {
    guard !isInBackquotes else { return add("a") }
    isInBackquotes = true
    // In backquotes a `\` is read twice.
    let line = text
    between(start, end) { $0.command(min(1, depth - 1)) }
    if text.dropFirst(line.count).contains("\\") {
      evaluated.removeLast(text.dropFirst(line.count).ranges(of: "${x}").count)
      text = line + "a"
    }
    isInBackquotes = false
  }

  private mutating func arithmetic(_ depth: Int) {
    openArithmetic += 1
    defer { openArithmetic -= 1 }
    switch depth <= 0 ? roll(2) : roll(7) {
    case 0: add("1")
    case 1: add("${x}", [true])
    case 2: between("1 + (", ")") { $0.arithmetic(depth - 1) }
    case 3: between("$(", ")") { $0.command(depth - 1) }
    case 4: between("\"", "\"") { $0.quoted(depth - 1, true) }
    case 5: between("${y:-", "}") { $0.quoted(depth - 1, true) }
    default: between("z[", "] * 2") { $0.arithmetic(depth - 1) }
    }
  }

  private mutating func between(
    _ start: String, _ end: String = "", _ body: (inout RandomShellLine) -> Void
  ) {
    add(start)
    body(&self)
    add(end)
  }
}

/// The same numbers each time (xorshift64).
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

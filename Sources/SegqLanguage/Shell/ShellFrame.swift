/// What is open in a line for the shell, one within the other.
///
/// ```
/// printf %s "$(case $a in b) echo $((1 + ${n}));; esac)"
///           ││                    └ arithmetic        │└ quotes end
///           │└ commands, with a `case` in it          └ commands end
///           └ quotes
/// ```
enum ShellFrame {
  case commands(ShellWords)
  case doubleQuotes
  case parameter(Parameter)
  case arithmetic(Arithmetic)

  /// `${y:-word}`
  struct Parameter {
    /// Whether it stands in quotes.
    var isQuoted: Bool
    /// What stands behind the name; nil as long as the name goes on.
    var word: Word?

    enum Word {
      /// `${y:-word}`: text like that around it.
      case text
      /// `${y%pattern}`: quotes count here, also within quotes.
      case pattern
    }
  }

  /// `$((…))`, `((…))`, `$[…]`, `${y:…}`, `a[…]`
  struct Arithmetic {
    var end: End
    /// How many brackets are open in it.
    var depth = 0

    enum End { case parentheses, bracket, brace }
  }

  /// Whether the shell expands here without splitting into words, and `'` is no quote.
  var isQuoted: Bool {
    switch self {
    case .commands: false
    case .doubleQuotes, .arithmetic: true
    case .parameter(let parameter):
      switch parameter.word {
      case .pattern: false
      case .text, nil: parameter.isQuoted
      }
    }
  }
}

/// How far the words of a list of commands have come: what is a command, what is a pattern.
struct ShellWords {
  enum Kind {
    /// The whole line, or the text between backquotes.
    case line
    /// `(…)`, `$(…)`
    case parentheses
    /// `a=(…)`
    case array
    /// `[[ … ]]`, where `-eq` and its like evaluate the words beside them.
    case test
  }
  /// `case` SUBJECT `in` PATTERN `)`
  enum CasePart { case subject, wordIn }

  var kind: Kind
  /// Where the word begins that is open, if one is; and whether it has neither quotes nor expansions.
  var wordStart: Int?
  var isPlain = true
  /// Whether the next word is the name of a command, or a word such as `if`.
  var isCommandStart = true
  /// How many `case` are open, and where the latest has come to.
  var openCases = 0
  var casePart: CasePart?
  var isPattern = false
  /// In `[[ … ]]`: the variables of this word and of the one before, and what comes of an operator.
  var variables: [Int] = []
  var variablesBefore: [Int] = []
  var evaluatesNext = false

  var isInWord: Bool { wordStart != nil }
}

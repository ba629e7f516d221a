import SegqLanguage
import SegqPlanner
import SegqSystem

/// What a parameter was given.
enum GivenParameter {
  /// `country=FR` on the command line, whose type the default tells.
  case text(String)
  /// `source 'report.segq' country='FR'`
  case value(Variables.Value)
}

// `name=value` on the command line and behind `source`.
extension Session {
  /// Takes what stands on the command line beside store and script: `country=FR` as parameters, all else
  /// as `$args`.
  func takeArguments() {
    var others: [Literal] = []
    for argument in options.arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, !parts[0].isEmpty {
        parameters[parts[0].lowercased()] = .text(String(parts[1]))
      } else {
        let literal = Parser.parseLiteral(argument)
        if case .number = literal {
          others.append(literal ?? .string(argument))
        } else {
          others.append(.string(argument))
        }
      }
    }
    catalog.variables["args"] = .list(others)
  }

  /// What is wrong with the parameters of a script: it declares no such one.
  func unknownParameter(of source: SourceText, _ statements: [Statement]) -> Mistake? {
    // An included file may declare it; that is seen only when it runs.
    guard !statements.contains(where: \.includes) else { return nil }
    let declared = statements.flatMap(\.parameters)
    return Self.unknown(parameters.keys.sorted(), declared: declared).map {
      Mistake(source: source, diagnostic: $0)
    }
  }

  /// The first of the names that nobody declared, in words.
  static func unknown(_ names: [String], declared: [Identifier]) -> Diagnostic? {
    let known = declared.map(\.text)
    guard
      let unknown = names.first(where: { name in
        !known.contains { $0.lowercased() == name.lowercased() }
      })
    else { return nil }
    return Diagnostic(
      code: "wrong-parameter", "the script has no parameter '\(unknown)'",
      help: Suggestion.nearest(to: unknown, in: known).map { "did you mean '\($0)'?" }
        ?? (known.isEmpty
          ? "it has none: declare it in the script: param \(unknown) = 'FR'"
          : "it has \(known.joined(separator: ", "))"))
  }

  /// Texts that are typed and not a script of their own need no `param`: `$country` is what
  /// `country=FR` says. What they neither declare nor name is a mistake.
  func defineParameters(usedBy sources: [SourceText], _ statements: [Statement]) -> Mistake? {
    let declared = statements.flatMap(\.parameters).map { $0.text.lowercased() }
    let includes = statements.contains(where: \.includes)
    for (name, given) in parameters.sorted(by: { $0.key < $1.key }) {
      guard !declared.contains(name) else { continue }
      guard includes || sources.contains(where: { $0.names(variable: name) }) else {
        return Mistake(
          source: sources.first ?? SourceText("", name: "-c"),
          diagnostic: Self.unused(name, declared: statements.flatMap(\.parameters)))
      }
      define(name, given)
    }
    return nil
  }

  /// Before a text comes piece by piece all of them are there, with the type that they look like.
  func defineParameters() {
    for (name, given) in parameters { define(name, given) }
  }

  private func define(_ name: String, _ given: GivenParameter) {
    switch given {
    case .text(let text):
      catalog.variables[name] = .literal(
        ParameterText(text, zone: settings.zone, now: catalog.now).free)
    case .value(let value): catalog.variables[name] = value
    }
  }

  private static func unused(_ name: String, declared: [Identifier]) -> Diagnostic {
    Diagnostic(
      code: "wrong-parameter", "no statement uses the parameter '\(name)'",
      help: Suggestion.nearest(to: name, in: declared.map(\.text)).map { "did you mean '\($0)'?" }
        ?? "write $\(name) for its value")
  }

  /// What of the parameters no statement has used, once all have come; nil where there is none.
  func unusedParameter() -> Mistake? {
    parameters.keys.sorted().first { !usedParameters.contains($0) }.map {
      Mistake(
        source: SourceText("", name: "<stdin>"), diagnostic: Self.unused($0, declared: []))
    }
  }

  /// Remembers which parameters a piece of text names.
  func noteParameters(in source: SourceText) {
    for name in parameters.keys
    where !usedParameters.contains(name) && source.names(word: name) { usedParameters.insert(name) }
  }

  // source

  /// `source 'report.segq' country=FR`: the parameters hold as long as the file runs.
  func include(
    _ path: Template, _ arguments: [ScriptArgument], in source: SourceText
  ) throws(ShellError) {
    var given: [String: GivenParameter] = [:]
    for argument in arguments {
      given[argument.name.text.lowercased()] = .value(try value(of: argument, in: source))
    }
    let inner = try openIncluded(path, in: source)
    defer { openFiles.removeLast() }
    try checkArguments(arguments, of: inner)
    let outer = parameters
    parameters.merge(given) { $1 }
    defer { parameters = outer }
    let code = runWhole([inner])
    guard code == .success else { throw .ended(code) }
  }

  /// A bare word is a text; anything else is computed.
  private func value(
    of argument: ScriptArgument, in source: SourceText
  ) throws(ShellError) -> Variables.Value {
    let path = argument.value.identifiers
    guard path.count == 1 else { return try literal(of: argument.value, in: source) }
    return .literal(.string(path[0].text))
  }

  /// Each must be a parameter of the file.
  func checkArguments(
    _ arguments: [ScriptArgument], of inner: SourceText
  ) throws(ShellError) {
    let statements = Parser.parse(inner).statements
    guard !arguments.isEmpty, !statements.contains(where: \.includes) else { return }
    let declared = statements.flatMap(\.parameters)
    guard var mistake = Self.unknown(arguments.map(\.name.text), declared: declared) else { return }
    mistake.span = arguments.first { argument in
      !declared.contains { $0.text.lowercased() == argument.name.text.lowercased() }
    }?.name.span
    throw .diagnostic(mistake)
  }
}

extension Statement {
  private var inner: [Statement] {
    switch kind {
    case .command(.loop(let loop)): loop.body
    case .command(.conditional(let conditional)): conditional.body + conditional.otherwise
    case .query, .command: []
    }
  }

  /// The parameters that it declares.
  var parameters: [Identifier] {
    if case .command(.param(let name, _)) = kind { return [name] }
    return inner.flatMap(\.parameters)
  }

  var includes: Bool {
    if case .command(.source) = kind { return true }
    return inner.contains(where: \.includes)
  }
}

extension SourceText {
  /// Whether it has `$country` or `${country}` in it.
  fileprivate func names(variable name: String) -> Bool {
    names(word: "$" + name) || names(word: "${" + name)
  }

  /// Whether the word stands in it, in any case, with no letter behind it.
  fileprivate func names(word: String) -> Bool {
    let wanted = Array(word.utf8)
    guard bytes.count >= wanted.count else { return false }
    return (0...bytes.count - wanted.count).contains { start in
      for (i, byte) in wanted.enumerated() where bytes[start + i] != byte {
        guard bytes[start + i] | 0x20 == byte | 0x20, Self.isLetter(byte) else { return false }
      }
      let end = start + wanted.count
      return end == bytes.count || !Self.isLetter(bytes[end])
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

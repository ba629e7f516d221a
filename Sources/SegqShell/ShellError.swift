import SegqEngine
import SegqLanguage
import SegqSystem

/// Why a statement did not succeed.
enum ShellError: Error {
  /// Something to tell, with its place in a text where there is one.
  case diagnostic(Diagnostic)
  /// The operating system refused a file.
  case file(String, SystemError)
  /// Told already, by an included file, a block or a command that was run; ends with this code.
  case ended(ExitCode)
  case interrupted
  /// An `assert` did not hold.
  case assertion(Diagnostic)
  /// Whoever read the output has gone.
  case closedPipe

  static let reported = ShellError.ended(.failure)

  init(_ error: EngineError) {
    switch error {
    case .interrupted: self = .interrupted
    case .costlyPattern:
      self = .diagnostic(
        Diagnostic(
          code: "costly-pattern", "the regular expression takes too many steps on some text",
          help: "repetitions within repetitions, as in (a+)+, make it so"))
    case .overflow(let what):
      self = .diagnostic(
        Diagnostic(
          code: "overflow", "\(what) is too large",
          help: "numbers go up to 922,337,203,685,477.5807, whole ones up to 9.2 × 10¹⁸"))
    }
  }

  /// What is wrong with a statement as a whole is told at its place.
  func within(_ statement: Statement) -> ShellError {
    guard case .diagnostic(var diagnostic) = self, diagnostic.span == nil,
      !["bad-row", "no-files", "no-header", "unknown-header", "members"]
        .contains(diagnostic.code)
    else { return self }
    diagnostic.span = statement.span
    return .diagnostic(diagnostic)
  }

  /// The same, of a file that the statement names at that place.
  func placed(at span: SourceSpan?) -> ShellError {
    guard let span else { return self }
    if case .diagnostic(var diagnostic) = self, diagnostic.span == nil,
      diagnostic.code != "bad-row"
    {
      diagnostic.span = span
      return .diagnostic(diagnostic)
    }
    guard case .file(let path, let reason) = self else { return self }
    return .diagnostic(
      Diagnostic(code: "unreadable", "\(path): \(reason.message)", at: span))
  }

  /// A failed write to a stream that the user calls `name`.
  init(writing name: String, _ error: SystemError) {
    self =
      error.isClosedPipe ? .closedPipe : error.isInterrupt ? .interrupted : .file(name, error)
  }
}

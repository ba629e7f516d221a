/// Something to tell about a piece of text: what is wrong, where, and the way out.
public struct Diagnostic: Sendable, Hashable, Error {
  public enum Severity: String, Sendable {
    case error
    case warning
    case note
  }

  public var severity: Severity
  /// Stable, for tools: `unknown-column`.
  public var code: String
  /// One sentence, lower case, without a full stop.
  public var message: String
  /// Nil where no text is to blame.
  public var span: SourceSpan?
  /// The nearest name or the right form.
  public var help: String?
  /// Further mistakes of the same statement, in the order of the text.
  public var others: [Diagnostic] = []

  public init(
    _ severity: Severity = .error, code: String, _ message: String, at span: SourceSpan? = nil,
    help: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.span = span
    self.help = help
  }
}

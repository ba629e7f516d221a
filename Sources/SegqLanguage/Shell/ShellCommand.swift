/// A line for the shell, as typed: `gzip > "${s.segment}.gz"`
///
/// `${x}` is segq's where `x` is a name; `$x` and everything else is the shell's. The shell never gets
/// a value as a part of its program: it gets the text of ``program``, which is the same whatever the
/// values are, and the values in its environment.
public struct ShellCommand: Sendable, Hashable {
  /// How the shell reads the place where a variable stands.
  public enum Place: Sendable, Hashable {
    /// Among words, as in `head -${n}`.
    case bare
    /// Where the shell expands `$x` to one word already: `"${x}"`, `$((${x}))`.
    case quoted
    /// Where it expands nothing: `'${x}'`.
    case single
    /// Within `$'…'`, which some shells read as `$` and `'…'`.
    case ansi
  }
  /// `${s.segment}` and its place.
  public struct Variable: Sendable, Hashable {
    public var name: VariableName
    public var place: Place
    /// Whether the shell would evaluate the value: `$((1 + ${n}))`.
    public var isArithmetic: Bool
    /// All of `${s.segment}`.
    public var span: SourceSpan { SourceSpan(name.span.start - 2, name.span.end + 1) }
  }
  public enum Piece: Sendable, Hashable {
    case text(String)
    case variable(Variable)
  }
  public var pieces: [Piece]
  public var span: SourceSpan

  /// Reads the line at `span`.
  init(_ source: SourceText, _ span: SourceSpan) {
    self.span = span
    pieces = []
    var position = span.start
    for variable in ShellReader.variables(of: source, span) {
      pieces.append(.text(source[SourceSpan(position, variable.span.start)]))
      pieces.append(.variable(variable))
      position = variable.span.end
    }
    pieces.append(.text(source[SourceSpan(position, span.end)]))
  }

  public var isEmpty: Bool {
    pieces.allSatisfy { piece in
      switch piece {
      case .text(let text): text.allSatisfy { $0 == " " || $0 == "\t" }
      case .variable: false
      }
    }
  }

  public var variables: [Variable] {
    pieces.compactMap { piece in
      guard case .variable(let variable) = piece else { return nil }
      return variable
    }
  }

  /// What the shell runs: `gzip > "${SEGQ_1}.gz"`.
  ///
  /// What is put in opens and closes its own quotes, so that the rest is read as the user wrote it.
  public var program: String {
    var number = 0
    return pieces.map { piece in
      switch piece {
      case .text(let text): return text
      case .variable(let variable):
        number += 1
        return variable.place.reference(to: Self.environmentName(number))
      }
    }.joined()
  }

  /// The name under which the shell finds the value of the first, second … variable: `SEGQ_1`.
  public static func environmentName(_ number: Int) -> String { "SEGQ_\(number)" }
}

extension ShellCommand.Place {
  fileprivate func reference(to name: String) -> String {
    switch self {
    case .bare: "\"${\(name)}\""
    case .quoted: "${\(name)}"
    case .single, .ansi: "'\"${\(name)}\"'"
    }
  }
}

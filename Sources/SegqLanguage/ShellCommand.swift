/// A line for the shell, as typed: `gzip > "${s.segment}.gz"`
///
/// `${x}` is segq's where `x` is a name; `$x` and everything else is the shell's.
public struct ShellCommand: Sendable, Hashable {
  /// Between what the shell sees a variable.
  public enum Quoting: Sendable, Hashable {
    case bare
    case single
    case double
  }
  public enum Piece: Sendable, Hashable {
    case text(String)
    case variable(VariableName, Quoting)
  }
  public var pieces: [Piece]
  public var span: SourceSpan

  /// Reads the line at `span`.
  init(_ source: SourceText, _ span: SourceSpan) {
    self.span = span
    pieces = []
    var quoting = Quoting.bare
    var text: [UInt8] = []
    var position = span.start
    while position < span.end {
      if let name = Self.variable(source, position, span.end) {
        pieces.append(.text(String(decoding: text, as: UTF8.self)))
        pieces.append(.variable(name, quoting))
        text.removeAll()
        position = name.span.end + 1
        continue
      }
      let byte = source.bytes[position]
      text.append(byte)
      position += 1
      switch (byte, quoting) {
      case (UInt8(ascii: "\\"), .bare), (UInt8(ascii: "\\"), .double):
        if position < span.end {
          text.append(source.bytes[position])
          position += 1
        }
      case (UInt8(ascii: "'"), .bare): quoting = .single
      case (UInt8(ascii: "'"), .single), (UInt8(ascii: "\""), .double): quoting = .bare
      case (UInt8(ascii: "\""), .bare): quoting = .double
      default: break
      }
    }
    pieces.append(.text(String(decoding: text, as: UTF8.self)))
  }

  private static func variable(_ source: SourceText, _ start: Int, _ end: Int) -> VariableName? {
    guard source.bytes[start] == UInt8(ascii: "$"), start + 1 < end,
      source.bytes[start + 1] == UInt8(ascii: "{"),
      let close = source.bytes[start..<end].firstIndex(of: UInt8(ascii: "}"))
    else { return nil }
    return VariableName(source, SourceSpan(start + 2, close))
  }

  public var isEmpty: Bool {
    pieces.allSatisfy { piece in
      switch piece {
      case .text(let text): text.allSatisfy { $0 == " " || $0 == "\t" }
      case .variable: false
      }
    }
  }

  /// The command with each variable replaced, so quoted that the shell takes it as it is, whatever
  /// it holds.
  public func text<E: Error>(_ value: (VariableName) throws(E) -> String) throws(E) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .variable(let name, let quoting): result += quoting.quoted(try value(name))
      }
    }
    return result
  }
}

extension ShellCommand.Quoting {
  fileprivate func quoted(_ value: String) -> String {
    switch self {
    case .bare: "'" + ShellCommand.Quoting.single.quoted(value) + "'"
    case .single:
      value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    case .double:
      value.reduce(into: "") { result, character in
        if "\"\\$`".contains(character) { result.append("\\") }
        result.append(character)
      }
    }
  }
}

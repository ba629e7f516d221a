import Foundation
import SegqLanguage

/// The reference as pages.
enum Manual {
  /// For `docs/LANGUAGE.md`.
  static var markdown: String {
    var text = ""
    for (title, entries) in [
      ("Statements", StatementReference.statements), ("Topics", StatementReference.topics),
    ] {
      text += "### \(title)\n\n"
      for entry in entries { text += section(entry) }
    }
    text += "### Functions\n\n"
    for group in FunctionReference.Group.allCases {
      text += "| \(group.rawValue) | |\n|---|---|\n"
      for function in FunctionReference.all where function.group == group {
        text += "| `\(function.synopsis.replacing("|", with: "\\|"))` | \(function.summary) |\n"
      }
      text += "\n"
    }
    return text
  }

  private static func section(_ entry: StatementReference) -> String {
    var text = "#### \(entry.name)\n\n```\n\(entry.synopsis)\n```\n\n"
    text += sentence(entry.summary)
    if !entry.details.isEmpty { text += " " + entry.details }
    text += "\n\n"
    if !entry.examples.isEmpty {
      let statements = entry.examples.map(\.statement)
      text += "```segq\n\(statements.joined(separator: "\n"))\n```\n\n"
    }
    return text
  }

  private static func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// `segq.1`, in the man macros.
  static func man(help: String) -> String {
    var text = """
      .\\" Made by scripts/manual. Do not edit.
      .TH SEGQ 1 "" "segq" "User Commands"
      .SH NAME
      segq \\- a shell over the customer segments of an Adobe Commerce store
      .SH SYNOPSIS
      .nf

      """
    text += roff(part(of: help, from: "USAGE: ", to: "ARGUMENTS:"))
    text += ".fi\n.SH OPTIONS\n.nf\n" + roff(part(of: help, from: "OPTIONS:\n", to: nil)) + ".fi\n"
    for (title, entries) in [
      ("STATEMENTS", StatementReference.statements), ("TOPICS", StatementReference.topics),
    ] {
      text += ".SH \(title)\n"
      for entry in entries {
        text += ".SS \(entry.name)\n.nf\n\(roff(entry.synopsis)).fi\n.PP\n"
        text += roff(sentence(entry.summary) + (entry.details.isEmpty ? "" : " " + entry.details))
      }
    }
    text += ".SH FUNCTIONS\n"
    for function in FunctionReference.all {
      text += ".TP\n.B \(roff(function.synopsis))\(roff(function.summary))"
    }
    return text + """
      .SH FILES
      .TP
      .I $XDG_CONFIG_HOME/segq/config.segq
      Statements that run at the start, unless --no-init is given.
      .TP
      .I $XDG_STATE_HOME/segq/history
      What was typed at the prompt.
      .SH EXIT STATUS
      0 all went well; 1 a statement failed; 2 wrong usage, or text that does not parse; 3 an
      assertion did not hold; 130 interrupted.

      """
  }

  private static func part(of text: String, from start: String, to end: String?) -> String {
    let tail = text.range(of: start).map { text[$0.upperBound...] } ?? ""
    let head = end.flatMap { tail.range(of: $0) }.map { tail[..<$0.lowerBound] } ?? tail
    return head.trimmingCharacters(in: .newlines)
  }

  /// Lines in which nothing means anything to roff.
  private static func roff(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let plain = line.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      return (plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" : "") + plain + "\n"
    }.joined()
  }
}

import Foundation
import SegqLanguage

/// Scripts in colours, for editors; `scripts/manual` makes the files in `docs/editors`.
enum EditorFiles {
  /// For VS Code, Sublime Text, TextMate and GitHub.
  static func textMate() throws -> String {
    let grammar: [String: Any] = [
      "$schema": "https://json.schemastore.org/tmlanguage.json",
      "name": "segq", "scopeName": "source.segq", "fileTypes": ["segq"],
      "firstLineMatch": "^#!.*\\bsegq\\b",
      "patterns": [
        rule("comment.line.segq", "(#|--).*$"),
        string("string.quoted.single.segq", "'"), string("string.quoted.double.segq", "\""),
        rule("variable.other.segq", "`[^`]*`"),
        rule("variable.parameter.segq", "\\$\\w+(\\.\\w+)?"),
        rule(
          "constant.numeric.date.segq",
          "\\b\\d{4}-\\d{2}(-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2})?)?)?\\b"),
        rule("constant.numeric.segq", "\\b\\d+(\\.\\d+)?[dwmyhs]?\\b"),
        rule("support.function.segq", words(FunctionReference.all.map(\.name)) + "(?=\\s*\\()"),
        rule("keyword.control.segq", "^\\s*" + words(Keywords.statements)),
        rule("keyword.operator.word.segq", words(Keywords.operators)),
        rule("keyword.other.segq", words(Keywords.clauses)),
        rule("constant.language.segq", words(Keywords.constants)),
        rule("keyword.operator.segq", "==|~=|!=|<>|<=|>=|\\|\\||[=<>+\\-*/&|]"),
      ],
    ]
    let data = try JSONSerialization.data(
      withJSONObject: grammar, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private static func rule(_ name: String, _ pattern: String) -> [String: Any] {
    ["name": name, "match": pattern]
  }

  private static func string(_ name: String, _ quote: String) -> [String: Any] {
    [
      "name": name, "begin": quote, "end": quote,
      "patterns": [
        rule("constant.character.escape.segq", "\\\\(u\\{[0-9A-Fa-f]+\\}|.)"),
        rule("variable.parameter.segq", "\\$\\{[^}]*\\}"),
      ],
    ]
  }

  /// Whole words, in any case.
  private static func words(_ words: [String]) -> String {
    "(?i)\\b(" + words.sorted().joined(separator: "|") + ")\\b"
  }

  static var vim: String {
    """
    " Vim syntax file for segq scripts. Made by scripts/manual. Do not edit.
    " autocmd BufRead,BufNewFile *.segq setfiletype segq
    if exists("b:current_syntax")
      finish
    endif
    syntax case ignore
    \(keywords("segqClause", Keywords.clauses))
    \(keywords("segqOperator", Keywords.operators))
    \(keywords("segqConstant", Keywords.constants))
    \(keywords("segqStatement", Keywords.statements))
    syntax match segqFunction "\\<\\(\(functions)\\)\\>\\ze\\s*("
    syntax match segqNumber "\\<\\d\\+\\(\\.\\d\\+\\)\\?[dwmyhs]\\?\\>"
    syntax match segqNumber "\\<\\d\\{4}-\\d\\{2}\\(-\\d\\{2}\\)\\?\\>"
    syntax match segqVariable "\\$\\w\\+\\(\\.\\w\\+\\)\\?"
    syntax match segqInside "\\${[^}]*}" contained
    syntax match segqEscape "\\\\\\(u{\\x\\+}\\|.\\)" contained
    syntax region segqText start=+'+ end=+'+ contains=segqInside,segqEscape
    syntax region segqText start=+"+ end=+"+ contains=segqInside,segqEscape
    syntax region segqName start=+`+ end=+`+
    syntax match segqComment "\\(#\\|--\\).*$"
    highlight default link segqStatement Statement
    highlight default link segqClause Keyword
    highlight default link segqOperator Operator
    highlight default link segqConstant Constant
    highlight default link segqFunction Function
    highlight default link segqNumber Number
    highlight default link segqVariable Identifier
    highlight default link segqInside Identifier
    highlight default link segqEscape SpecialChar
    highlight default link segqText String
    highlight default link segqName Identifier
    highlight default link segqComment Comment
    let b:current_syntax = "segq"

    """
  }

  private static func keywords(_ group: String, _ words: [String]) -> String {
    "syntax keyword \(group) " + words.sorted().joined(separator: " ")
  }

  private static var functions: String {
    FunctionReference.all.map(\.name).sorted().joined(separator: "\\|")
  }
}

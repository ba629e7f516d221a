import SegqFormats
import SegqLanguage
import SegqSystem

extension Session {
  /// `help`, `help export`, `help count`, `help page_size`
  func help(_ topic: String) throws(ShellError) {
    guard !topic.isEmpty else { return try listTopics() }
    let wanted = topic.lowercased()
    if let entry = StatementReference.all.first(where: { $0.name == wanted }) {
      return try explain(entry)
    }
    if let function = FunctionReference.find(wanted) { return try explain(function) }
    if let setting = Settings.entries.first(where: { $0.name == wanted }) {
      return try print("set \(setting.name) = …: \(setting.summary)")
    }
    if let entry = StatementReference.find(wanted) { return try explain(entry) }
    let names = StatementReference.topicNames + Settings.entries.map(\.name)
    guard let nearest = Suggestion.nearest(to: topic, in: names) else {
      throw .diagnostic(
        Diagnostic(
          code: "unknown-topic", "there is no help about '\(topic)'",
          help: "'help' lists the topics"))
    }
    tell(
      Diagnostic(
        .note, code: "nearest-topic", "there is no help about '\(topic)'; this is '\(nearest)'"),
      in: nil)
    try help(nearest)
  }

  private func explain(_ entry: StatementReference) throws(ShellError) {
    var text = "\(entry.name): \(entry.summary)\n\n"
    text += Self.indented(entry.synopsis)
    if !entry.details.isEmpty { text += "\n" + wrapped(entry.details) }
    for example in entry.examples {
      text += "\n" + Self.indented("segq> " + example.statement)
      if let output = example.output {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        text += Self.indented(lines.map { cut(String($0)) }.joined(separator: "\n"))
      }
    }
    if entry.name == "functions" {
      text += "\n"
      for function in FunctionReference.all {
        text += "  \(function.synopsis)\n      \(function.summary)\n"
      }
    }
    try print(String(text.dropLast()))
  }

  private func explain(_ function: FunctionReference) throws(ShellError) {
    try print("\(function.synopsis)\n\n  \(function.summary)\n\n'help functions' lists them all.")
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "\n" : "  \($0)\n" }.joined()
  }

  /// Lines no longer than the terminal, or than a page.
  private var helpWidth: Int { min(output.isTerminal ? Terminal.size?.columns ?? 80 : 100, 100) }

  private func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if DisplayWidth.of(last) + DisplayWidth.of(word) + 1 > helpWidth {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] += " " + word
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A row of an example's table, as far as it fits on a terminal.
  private func cut(_ line: String) -> String {
    guard output.isTerminal, DisplayWidth.of(line) > helpWidth - 2 else { return line }
    var shown = ""
    var width = 0
    for character in line {
      width += DisplayWidth.of(character)
      if width > helpWidth - 3 { break }
      shown.append(character)
    }
    return shown + "…"
  }

  private func listTopics() throws(ShellError) {
    let width = (StatementReference.all.map(\.name.count).max() ?? 0) + 2
    func lines(_ entries: [StatementReference]) -> String {
      entries.map { entry in
        "  " + entry.name + String(repeating: " ", count: width - entry.name.count) + entry.summary
      }.joined(separator: "\n")
    }
    try print(
      """
      Statements end at the end of the line, or with ;
      \(lines(StatementReference.statements))

      Topics
      \(lines(StatementReference.topics))

      'help select' explains one. Also: !command runs a shell command, … | command feeds it a result.
      """)
  }
}

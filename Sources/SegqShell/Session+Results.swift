import SegqEngine
import SegqFormats
import SegqLanguage
import SegqSystem

// What was asked before: the last result, the session, the editor.
extension Session {
  /// `last`: all rows of the last result, however long.
  func showLast() throws(ShellError) {
    guard let answer = catalog.lastAnswer else {
      throw .diagnostic(
        Diagnostic(code: "no-result", "there is no result yet", help: "ask something first"))
    }
    try showWhole(answer)
  }

  /// `save session as 'q3.segq'`: the statements that went well, as a script.
  func saveSession(_ path: Template) throws(ShellError) {
    let file = try self.path(path)
    try checkWriting(file)
    guard !succeeded.isEmpty else {
      throw .diagnostic(
        Diagnostic(
          code: "nothing-to-save", "no statement has run yet that a script could have",
          at: path.span, help: "it keeps the statements that went well before it"))
    }
    let script = succeeded.map { $0 + "\n" }.joined()
    do throws(SystemError) { try OutputFile.replace(file, Array(script.utf8)) } catch {
      throw Self.failure(toWrite: file, error).placed(at: path.span)
    }
    answer("\(Self.count(succeeded.count, "statement")) to \(try text(path))")
  }

  /// `edit`: the last statement in the user's editor, and then run; `edit 'file'`: that file.
  func edit(_ path: Template?) throws(ShellError) {
    try checkCommands()
    guard isInteractive else {
      throw .diagnostic(Diagnostic(code: "no-terminal", "'edit' is for the prompt"))
    }
    let editor = Self.editor
    if let path {
      let file = try text(path)
      let command = ShellInvocation(editor, on: file)
      return try check(try command.run(), of: command)
    }
    let previous = history().dropLast().last ?? ""
    if let statement = try edited(previous, in: editor) { edited = statement }
  }

  /// Ctrl-X Ctrl-E: the text as the user's editor leaves it; nil where it failed, which is told.
  func editedText(_ text: String) -> String? {
    do throws(ShellError) {
      try checkCommands()
      return try edited(text, in: Self.editor)
    } catch {
      _ = report(error, in: nil)
      return nil
    }
  }

  private static var editor: String {
    Environment.variable("VISUAL") ?? Environment.variable("EDITOR") ?? "vi"
  }

  /// What comes back when a text was edited; nil where the editor failed or left nothing.
  private func edited(_ text: String, in editor: String) throws(ShellError) -> String? {
    do throws(SystemError) {
      let file = try Files.makeTemporary("segq-", ".segq", Array((text + "\n").utf8))
      defer { Files.remove(file) }
      let code: Int32
      do throws(ShellError) { code = try ShellInvocation(editor, on: file).run() } catch {
        throw SystemError(code: 5)
      }
      guard code == 0 else {
        tell(
          "segq: the editor '\(editor)' ended with exit code \(code); the text stays as it was\n")
        return nil
      }
      var edited = String(decoding: try Files.read(file), as: UTF8.self)
      while edited.last?.isWhitespace == true { edited.removeLast() }
      return edited.isEmpty ? nil : edited
    } catch { throw .file(editor, error) }
  }
}

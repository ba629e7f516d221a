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
    let file = try text(path)
    try checkWriting(file)
    let script = succeeded.map { $0 + "\n" }.joined()
    do throws(SystemError) { try OutputFile.replace(file, Array(script.utf8)) } catch {
      throw .file(file, error)
    }
  }

  /// `edit`: the last statement in the user's editor, and then run; `edit 'file'`: that file.
  func edit(_ path: Template?) throws(ShellError) {
    try checkCommands()
    guard isInteractive else {
      throw .diagnostic(Diagnostic(code: "no-terminal", "'edit' is for the prompt"))
    }
    let editor = Environment.variable("VISUAL") ?? Environment.variable("EDITOR") ?? "vi"
    if let path {
      let file = try text(path)
      return try check(try runEditor(editor, file), of: editor)
    }
    let previous = history().dropLast().last ?? ""
    do throws(SystemError) {
      let file = try Files.makeTemporary("segq-", ".segq", Array(previous.utf8))
      defer { Files.remove(file) }
      let code: Int32
      do throws(ShellError) { code = try runEditor(editor, file) } catch {
        throw SystemError(code: 5)
      }
      guard code == 0 else { return }
      let text = String(decoding: try Files.read(file), as: UTF8.self)
      let statement = text.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\n").trimmingBlanks
      if !statement.allSatisfy(\.isWhitespace) { edited = statement }
    } catch { throw .file(editor, error) }
  }

  private func runEditor(_ editor: String, _ file: String) throws(ShellError) -> Int32 {
    let quoted = file.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''")
    do throws(SystemError) {
      return try Subprocess("\(editor) '\(quoted)'", isFed: false).finish()
    } catch { throw .file(editor, error) }
  }
}

import SegqBytes
import SegqFormats
import SegqSystem

/// Standard output, or the file of `-o`, and how results follow each other there.
final class ResultStream {
  let isTerminal: Bool
  private(set) var name = "standard output"
  private var stream = OutputStream(descriptor: OutputStream.standardOutput)
  private var file: OutputFile?
  private var resultCount = 0
  /// What was written last does not end in a line end: XML in the layout of the Admin.
  private var isMidLine = false

  /// Set while what is written goes nowhere.
  var isMuted = false

  init(isTerminal: Bool) { self.isTerminal = isTerminal }

  /// Sends everything to a file, which appears with ``finish()``.
  func redirect(to path: String) throws(ShellError) {
    do throws(SystemError) {
      let file = try OutputFile(path, .replace)
      (self.file, stream, name) = (file, file.stream, path)
    } catch { throw Session.failure(toWrite: path, error) }
  }

  var isFile: Bool { file != nil }

  /// Whether what is written is seen by nobody before its end; a pipe may lead to the screen.
  var isRegular: Bool { isFile || Files.isRegular(OutputStream.standardOutput) }

  func write(_ bytes: [UInt8], as kind: ScreenText = .plain) throws(SystemError) {
    guard !isMuted, let last = bytes.last else { return }
    try stream.write(bytes, as: kind)
    isMidLine = last != UInt8(ascii: "\n")
  }

  /// Begins a new line where one is not at its beginning.
  func beginLine() throws(SystemError) { if isMidLine { try write([UInt8(ascii: "\n")]) } }

  func flush() throws(SystemError) { try stream.flush() }

  /// Between two results an empty line, but none between JSON documents.
  func beginResult(_ format: Format) throws(SystemError) {
    defer { resultCount += isMuted ? 0 : 1 }
    try beginLine()
    guard resultCount > 0, !isTerminal, !isMuted else { return }
    switch format {
    case .json, .jsonl, .xml, .html: return
    case .csv, .tsv, .markdown, .table, .vertical, .chart: try stream.write("\n")
    }
  }

  /// Makes the file of `-o` appear.
  func finish() throws(ShellError) {
    do throws(SystemError) {
      if let file { _ = try file.commit() } else { try stream.flush() }
    } catch { throw ShellError(writing: name, error) }
  }

  /// Leaves the file of `-o` as it was.
  func discard() { file?.discard() }
}

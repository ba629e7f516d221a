import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

// Files that results are written to: where they can't be, `append`, and what is said of them.
extension Session {
  /// Why a file can't be written; a folder that is missing is named as the folder.
  static func failure(toWrite path: String, _ error: SystemError) -> ShellError {
    let folder = Files.folder(of: path)
    guard error.isMissing, Files.kind(folder) != .folder else { return .file(path, error) }
    return .diagnostic(
      Diagnostic(
        code: "unreadable", "there is no folder '\(folder)'",
        help: "make it first: !mkdir -p '\(folder)'"))
  }

  /// `16 rows to grid.csv`, `16 rows added to grid.csv`, the path as it was typed.
  func answerWritten(_ rows: Int, _ target: Output) throws(ShellError) {
    guard let file = target.file else { return }
    answer("\(Self.count(rows, "row")) \(target.isAppending ? "added to" : "to") \(try text(file))")
  }

  /// Rows can follow others only where a row is a line.
  func checkAppending(_ target: Output, _ format: Format) throws(ShellError) {
    guard target.isAppending, !AppendedColumns.canFollow(format), let file = target.file else {
      return
    }
    throw .diagnostic(
      Diagnostic(
        code: "append-format", "'append' adds rows to csv, tsv and jsonl, and this is \(format.rawValue)",
        at: file.span, help: "leave 'append' out to replace the file, or write to 'file.csv' append"))
  }

  /// Goes on behind the rows of a file, whose columns must be those of the answer.
  func follow(
    _ file: OutputFile, _ schema: Schema, _ form: WrittenForm, _ options: inout WriterOptions,
    at span: SourceSpan?
  ) throws(ShellError) {
    guard let last = file.existing.last else { return }
    var withHeader = options
    withHeader.showsHeader = true
    let own = AppendedColumns.written(schema, form.format, by: form.writer(withHeader)) ?? []
    let known = AppendedColumns.read(file.existing.head, form.format)
    let fits = options.showsHeader ? known == own : known?.count == own.count
    guard fits else {
      throw .diagnostic(
        Diagnostic(
          code: "append-columns", Self.difference(known, own), at: span,
          help: "choose the columns of the file, in its order, or write to another file"))
    }
    options.showsHeader = false
    guard last != UInt8(ascii: "\n") else { return }
    do throws(SystemError) { try file.stream.write("\n") } catch { throw .file("", error) }
  }

  /// `the file has the columns ID, Name, and these rows have ID, Email`
  private static func difference(_ known: [String]?, _ own: [String]) -> String {
    guard let known else { return "the file has other delimiters, or no header" }
    return "the file has the columns \(known.joined(separator: ", ")), and these rows have "
      + own.joined(separator: ", ")
  }
}

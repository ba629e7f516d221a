import SegqFormats
import SegqLanguage
import SegqSystem

/// What is done to scripts without running them.
public enum ScriptFiles {
  /// `segq check`: tells what is wrong with the files; with 2 if one does not parse.
  public static func check(_ files: [String], store: String?, asJSON: Bool) -> ExitCode {
    Interrupt.install()
    var options = ShellOptions()
    options.store = store
    options.isOnlyChecking = true
    options.readsConfig = false
    let session = Session(options, isInteractive: false)
    var mistakes: [Mistake] = []
    var unreadable = ExitCode.success
    do throws(ShellError) {
      try session.prepare(isPrompt: false)
      for file in files {
        do throws(ShellError) { mistakes += try session.checkFile(file) } catch {
          unreadable = session.report(error, in: nil)
        }
      }
      if asJSON {
        try session.print(JSONValue.array(mistakes.map(\.json)).text)
        try session.output.finish()
      }
    } catch { return session.report(error, in: nil) }
    guard !mistakes.isEmpty else { return unreadable }
    guard asJSON else { return session.tell(mistakes) }
    return mistakes.contains(where: \.isSyntax) ? .usage : .failure
  }

  /// `segq format`: lays files out in place; `-` is a filter. A file that does not parse is told and
  /// stays as it is.
  public static func format(_ files: [String], changesNothing: Bool) -> ExitCode {
    Interrupt.install()
    let session = Session(ShellOptions(), isInteractive: false)
    var worst = ExitCode.success
    for file in files {
      var code = ExitCode.success
      do throws(ShellError) {
        code = try format(file, changesNothing: changesNothing, session)
      } catch { code = session.report(error, in: nil) }
      if code.rawValue > worst.rawValue { worst = code }
    }
    return worst
  }

  private static func format(
    _ file: String, changesNothing: Bool, _ session: Session
  ) throws(ShellError) -> ExitCode {
    let isFilter = file == "-"
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = isFilter ? try Files.read(0) : try Files.read(file)
    } catch { throw .file(file, error) }
    let source = SourceText(bytes: bytes, name: isFilter ? "<stdin>" : file)
    switch Formatter.format(source) {
    case .failure(let failure):
      return session.tell(
        failure.diagnostics.map { Mistake(source: source, diagnostic: $0, isSyntax: true) })
    case .success(let text):
      let new = Array(text.utf8)
      if changesNothing {
        if new != bytes { try session.print(file) }
        try session.output.finish()
        return new == bytes ? .success : .failure
      }
      if isFilter {
        do throws(SystemError) { try session.output.write(new) } catch {
          throw ShellError(writing: "standard output", error)
        }
        try session.output.finish()
      } else if new != bytes {
        do throws(SystemError) { try OutputFile.replace(file, new) } catch {
          throw .file(file, error)
        }
      }
      return .success
    }
  }
}

extension Mistake {
  /// For editors: lines and columns from 1, the end behind the last character.
  fileprivate var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [("file", .string(source.name))]
    if let span = diagnostic.span {
      let start = source.position(of: min(span.start, source.bytes.count))
      let end = source.position(of: min(max(span.start, span.end), source.bytes.count))
      members += [
        ("line", .integer(start.line)), ("column", .integer(start.column)),
        ("end_line", .integer(end.line)), ("end_column", .integer(end.column)),
      ]
    }
    members += [
      ("severity", .string(diagnostic.severity.rawValue)), ("code", .string(diagnostic.code)),
      ("message", .string(diagnostic.message)),
      ("help", diagnostic.help.map { .string($0) } ?? .null),
    ]
    return .object(members)
  }
}

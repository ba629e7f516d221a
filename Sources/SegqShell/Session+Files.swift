import SegqBytes
import SegqLanguage
import SegqSystem

// Reading scripts.
extension Session {
  /// Reads a file that another one includes, and remembers that it is open; the caller closes it.
  func openIncluded(
    _ path: Template, in source: SourceText
  ) throws(ShellError) -> SourceText {
    let file = relative(try text(path))
    try checkReading(file)
    let real = Files.resolved(file)
    if openFiles.contains(where: { $0.real == real }) {
      throw .diagnostic(
        Diagnostic(
          code: "cycle", "'\(path.text)' is being run already", at: path.span,
          help: (openFiles.map(\.real) + [real]).map { Files.name(of: $0) }
            .joined(separator: " → ")))
    }
    var inner: SourceText
    do throws(ShellError) { inner = try read(script: file) } catch {
      throw error.placed(at: path.span)
    }
    let line = source.line(of: path.span.start)
    inner.includers = ["\(source.name):\(line)"] + source.includers
    openFiles.append((file, real))
    return inner
  }

  func read(script path: String, isOwn: Bool = false) throws(ShellError) -> SourceText {
    do throws(SystemError) {
      let bytes = try isOwn ? Files.readOwn(path) : Files.read(path)
      return SourceText(bytes: bytes, name: path)
    } catch { throw .file(path, error) }
  }

  /// Runs the statements of a file, which is parsed whole first. The program's own are the settings.
  func runFile(_ path: String, isOwn: Bool = false) -> ExitCode {
    let source: SourceText
    do throws(ShellError) { source = try read(script: path, isOwn: isOwn) } catch {
      return report(error, in: nil)
    }
    openFiles.append((path, Files.resolved(path)))
    defer { openFiles.removeLast() }
    return runWhole([source])
  }

  /// Looks at files without running them; what is wrong with each is told by `tell`.
  func checkFile(_ path: String) throws(ShellError) -> [Mistake] {
    let source = try read(script: path)
    openFiles.append((path, Files.resolved(path)))
    defer { openFiles.removeLast() }
    let parsed = Parser.parse(source)
    let syntax = parsed.diagnostics.map {
      Mistake(source: source, diagnostic: $0, isSyntax: true)
    }
    return (syntax + check([(source, parsed.statements)])).sorted { a, b in
      a.source.name == source.name && b.source.name == source.name
        && (a.diagnostic.span?.start ?? 0) < (b.diagnostic.span?.start ?? 0)
    }
  }

  /// As the file that is being run sees it.
  func relative(_ path: String) -> String {
    let path = Self.expanded(path)
    guard let file = openFiles.last?.shown, file.contains("/"), !path.hasPrefix("/") else {
      return path
    }
    return Files.folder(of: file) + "/" + path
  }

  /// The name of a file to be written.
  func path(_ file: Template) throws(ShellError) -> String { Self.expanded(try text(file)) }

  /// `~/report.csv` lies in the user's own folder.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = Environment.variable("HOME") else { return path }
    return home + path.dropFirst()
  }

  // --safe

  func checkCommands() throws(ShellError) {
    guard options.isSafe else { return }
    throw Self.unsafe("shell commands are not run")
  }

  /// What is checked here in words is checked again where it is opened (`Fence`).
  func checkWriting(_ path: String) throws(ShellError) {
    try Self.check(path, isWriting: true, "nothing is written outside the working folder")
  }

  func checkReading(_ path: String) throws(ShellError) {
    try Self.check(path, isWriting: false, "nothing is read outside the working folder")
  }

  /// SQLite opens the files of a workspace by their names, so that none may be a link that leads out.
  func checkFiles(of workspace: String) throws(ShellError) {
    guard options.isSafe else { return }
    for folder in [workspace, workspace + "/data"] {
      try checkReading(folder)
      for name in (try? Files.listAll(folder)) ?? [] where name != ".." {
        try checkReading(folder + "/" + name)
      }
    }
  }

  /// The code of what says that `--safe` forbids it.
  static let unsafeCode = "safe"

  private static func check(
    _ path: String, isWriting: Bool, _ refusal: String
  ) throws(ShellError) {
    do throws(SystemError) { try Fence.check(path, isWriting: isWriting) } catch {
      switch error {
      case .outside: throw unsafe(refusal)
      case .zeroByte:
        throw .diagnostic(
          Diagnostic(
            code: "zero-byte", "\(VisibleText.of(path)): \(error.message)",
            help: "leave \\u{0} out"))
      // What is wrong with the path otherwise is told by whoever opens it.
      default: return
      }
    }
  }

  private static func unsafe(_ what: String) -> ShellError {
    .diagnostic(Diagnostic(code: unsafeCode, "with --safe \(what)"))
  }
}

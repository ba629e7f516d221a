import SegqCommerce
import SegqLanguage
import SegqSystem

/// Writes made-up stores as folders of CSVs.
public enum DemoFolder {
  /// `segq demo DIR`: writes a store into a folder that is not there yet or is empty.
  public static func write(
    to folder: String, customers: Int, seed: UInt64
  ) -> ExitCode {
    Interrupt.install()
    let session = Session(ShellOptions(), isInteractive: false)
    do throws(ShellError) {
      try write(DemoStore(customers: customers, seed: seed), to: folder)
      return .success
    } catch { return session.report(error, in: nil) }
  }

  /// The store that the prompt opens when none is named: made once, in the user's data folder.
  static func standing(tell: (String) -> Void) throws(ShellError) -> String {
    let folder = Environment.dataFolder + "/demo"
    guard Files.kind(folder) == nil else { return folder }
    tell("making a demo store of 10,000 customers in \(folder)\n")
    try write(DemoStore(customers: 10_000, seed: 1), to: folder)
    return folder
  }

  /// All files appear together: they are written beside the folder and take its name at the end.
  private static func write(_ store: DemoStore, to folder: String) throws(ShellError) {
    if Files.kind(folder) != nil, (try? Files.list(folder))?.isEmpty != true {
      throw .diagnostic(
        Diagnostic(
          code: "not-empty", "\(folder) is there already and not empty",
          help: "name a new folder: segq demo my-store"))
    }
    let path = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let temporary = path + ".segq-partial"
    Files.removeFolder(temporary)
    do throws(SystemError) {
      try Files.makeFolder(Files.folder(of: temporary))
      try Files.makeNewFolder(temporary)
      try writeFiles(store, into: temporary)
      try Files.rename(temporary, to: path)
    } catch {
      Files.removeFolder(temporary)
      if error.isInterrupt { throw .interrupted }
      throw .file(folder, error)
    }
  }

  private static func writeFiles(_ store: DemoStore, into folder: String) throws(SystemError) {
    var files: [String: OutputFile] = [:]
    try store.write { (name, block) throws(SystemError) in
      guard !Interrupt.isRequested else { throw .interrupt }
      if files[name] == nil { files[name] = try OutputFile(folder + "/" + name, .replace) }
      try files[name]?.stream.write(block)
    }
    for file in files.values { _ = try file.commit() }
  }
}

extension SystemError {
  fileprivate static let interrupt = SystemError(code: 4)
}

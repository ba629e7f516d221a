import SegqLanguage
import SegqStore
import SegqSystem

/// `segq check-store NAME`
public enum StoreCheck {
  public static func run(_ path: String) -> ExitCode {
    Interrupt.install()
    let session = Session(ShellOptions(), isInteractive: false)
    do throws(ShellError) {
      guard Files.kind(path) != nil else { throw .file(path, SystemError(code: 2)) }
      let check = try session.kept { () throws(StoreError) in
        try WorkspaceCheck(path) { Interrupt.isRequested }
      }
      for finding in check.findings { _ = session.report(ShellError(finding), in: nil) }
      try session.print(check.summary(of: path))
      do throws(SystemError) { try session.output.flush() } catch {
        throw ShellError(writing: session.output.name, error)
      }
      return check.findings.isEmpty ? .success : .failure
    } catch { return session.report(error, in: nil) }
  }
}

extension WorkspaceCheck {
  /// `shop.segdb: 27 files, 2392064 bytes: all as they were written`
  fileprivate func summary(of path: String) -> String {
    let all = "\(path): \(fileCount) files, \(byteCount) bytes"
    let abandoned =
      abandonedCount == 0 ? "" : "; \(abandonedCount) left over, which the next change removes"
    guard !findings.isEmpty else { return all + ": all as they were written" + abandoned }
    let count = findings.count
    return all + ": \(count) \(count == 1 ? "place is" : "places are") damaged" + abandoned
  }
}

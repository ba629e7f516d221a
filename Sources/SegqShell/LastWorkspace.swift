import SegqStore
import SegqSystem

/// The workspace that the prompt opens when none is named: `~/.local/state/segq/workspace` has its
/// path.
enum LastWorkspace {
  private static var file: String { Environment.stateFolder + "/workspace" }

  /// Who opens the same one again does not wait for the disk. With `--safe` nothing is remembered.
  static func remember(_ path: String) {
    guard !Fence.isRaised else { return }
    let bytes = Array(Files.resolved(path).utf8)
    if (try? Files.readOwn(file)) == bytes { return }
    try? Files.makeFolder(Environment.stateFolder, isPrivate: true)
    try? OutputFile.replace(file, bytes)
  }

  /// Nil where there is none, or no longer, or with `--safe` where it may not be read.
  static var path: String? {
    guard let bytes = try? Files.readOwn(file) else { return nil }
    let path = String(decoding: bytes, as: UTF8.self)
    return Workspace.isWorkspace(path) ? path : nil
  }
}

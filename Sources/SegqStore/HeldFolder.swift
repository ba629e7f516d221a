import Glibc
import SegqSystem

/// The folders of a workspace, open as long as it is: so it is seen when others are in their place.
final class HeldFolder: Sendable {
  let identity: FileIdentity
  private let data: FileIdentity
  private let descriptors: [Int32]

  init(_ folder: WorkspaceFolder) throws(StoreError) {
    let own = unsafe open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0 else { throw .file(folder.path, .last) }
    let data = unsafe open(folder.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard data >= 0, let identity = FileIdentity(own), let held = FileIdentity(data) else {
      let error = SystemError.last
      close(own)
      throw .file(folder.data, error)
    }
    (self.identity, self.data, descriptors) = (identity, held, [own, data])
  }

  deinit { for descriptor in descriptors { close(descriptor) } }

  /// Whether they are the folders of this path.
  func isAt(_ folder: WorkspaceFolder) -> Bool {
    FileIdentity(folder.path) == identity && FileIdentity(folder.data) == data
  }
}

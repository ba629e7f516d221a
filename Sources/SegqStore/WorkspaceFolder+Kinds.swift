import Glibc
import SegqSystem

/// What is in the place of a file, or of a folder.
public enum WrongKind: String, Sendable, Hashable {
  case file = "a file"
  case folder = "a folder"
  case pipe = "a pipe"
  case socket = "a socket"
  case device = "a device"
  case link = "a link"

  /// Nil of a regular file.
  init?(notAFile mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFDIR: self = .folder
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    case S_IFLNK: self = .link
    default: self = .device
    }
  }
}

// Whoever opens a pipe waits until somebody writes into it: so nothing is opened but files.
extension WorkspaceFolder {
  /// Throws where the folder is not there, or something else is in the place of one of its files.
  func checkKinds() throws(StoreError) {
    for path in [catalog, log, catalog + "-shm", catalog + "-journal", lock] {
      var status = stat()
      // SQLite follows links to its files, and the lock is written over.
      let code = unsafe path == lock ? lstat(path, &status) : stat(path, &status)
      guard code == 0, let kind = WrongKind(notAFile: status.st_mode) else { continue }
      throw .wrongKind(path, kind)
    }
    switch Files.kind(data) {
    case .folder: break
    case nil: throw .file(data, SystemError(code: ENOENT))
    case .file: throw .wrongKind(data, .file)
    case .other: throw .wrongKind(data, .device)
    }
  }
}

/// Opens a file to be read, and nothing but a file: what else there is would be waited for.
func openFile(_ path: String, _ flags: Int32 = O_RDONLY) throws(OpenFailure) -> Int32 {
  let descriptor = unsafe open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
  var status = stat()
  guard descriptor >= 0 else {
    let error = SystemError.last
    // A folder, a socket and a link that is not to be followed are refused before they are open.
    let isThere = unsafe lstat(path, &status) == 0
    if isThere, error.code != EACCES, let kind = WrongKind(notAFile: status.st_mode) {
      throw .wrongKind(kind)
    }
    throw .system(error)
  }
  guard unsafe fstat(descriptor, &status) == 0 else {
    close(descriptor)
    throw .system(.last)
  }
  if let kind = WrongKind(notAFile: status.st_mode) {
    close(descriptor)
    throw .wrongKind(kind)
  }
  return descriptor
}

enum OpenFailure: Error {
  case system(SystemError)
  case wrongKind(WrongKind)
}

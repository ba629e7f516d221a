import Glibc
import SegqSystem

/// What stands at a path, in words.
public enum FileKind: String, Sendable, Hashable {
  case file = "a file"
  case folder = "a folder"
  case pipe = "a pipe"
  case socket = "a socket"
  case device = "a device"
  case link = "a link"

  init(_ mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
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
    try check(data, is: .folder, mayBeMissing: false)
    try check(catalog, is: .file, mayBeMissing: false)
    // What a link there leads to would be written over.
    for path in [log, catalog + "-shm", catalog + "-journal", lock] {
      var status = stat()
      guard unsafe lstat(path, &status) == 0, FileKind(status.st_mode) == .link else {
        try check(path, is: .file)
        continue
      }
      throw .wrongKind(path, .link, expected: .file)
    }
  }

  private func check(
    _ path: String, is kind: FileKind, mayBeMissing: Bool = true
  ) throws(StoreError) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      guard errno == ENOENT, mayBeMissing else { throw .file(path, .last) }
      return
    }
    let found = FileKind(status.st_mode)
    guard found == kind else { throw .wrongKind(path, found, expected: kind) }
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
    let kind = FileKind(status.st_mode)
    throw isThere && error.code != EACCES && kind != .file ? .wrongKind(kind) : .system(error)
  }
  guard unsafe fstat(descriptor, &status) == 0 else {
    close(descriptor)
    throw .system(.last)
  }
  guard FileKind(status.st_mode) == .file else {
    close(descriptor)
    throw .wrongKind(FileKind(status.st_mode))
  }
  return descriptor
}

enum OpenFailure: Error {
  case system(SystemError)
  case wrongKind(FileKind)
}

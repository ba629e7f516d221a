import Glibc

/// What tells a file or a folder from every other one, as long as somebody has it open: its device and
/// its inode there. Numbers of inodes come again as soon as nobody has.
struct FileIdentity: Sendable, Hashable {
  private let device: dev_t
  private let inode: ino_t

  /// What is at the path now; nil where nothing is.
  init?(_ path: String) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    (device, inode) = (status.st_dev, status.st_ino)
  }

  init?(_ descriptor: Int32) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    (device, inode) = (status.st_dev, status.st_ino)
  }
}

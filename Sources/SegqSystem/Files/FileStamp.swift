import Glibc

/// What tells a file from another one, and from itself once somebody wrote to it.
struct FileStamp: Equatable, Sendable {
  private let device: dev_t
  private let inode: ino_t
  let size: Int
  /// When it was last written to.
  private let seconds: Int
  private let nanoseconds: Int

  init(_ status: stat) {
    (device, inode, size) = (status.st_dev, status.st_ino, Int(status.st_size))
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}

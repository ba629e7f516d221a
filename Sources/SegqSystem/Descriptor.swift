import Glibc

/// Reading from and writing to an open descriptor, in bytes.
enum Descriptor {
  enum Block: Equatable {
    case bytes([UInt8])
    /// A signal came first, or there is nothing yet.
    case nothing
    /// The end, or a descriptor that gives no more for another reason.
    case end
  }

  /// What is there, at most 64 KiB of it.
  static func read(_ descriptor: Int32) -> Block {
    let limit = 65_536
    var count = 0
    var failure: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, used in
      count = unsafe Glibc.read(descriptor, buffer.baseAddress, limit)
      failure = errno
      used = max(0, count)
    }
    if count < 0 { return failure == EINTR || failure == EAGAIN ? .nothing : .end }
    return count == 0 ? .end : .bytes(bytes)
  }

  /// Writes all bytes; false when that cannot be done.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
      }
      switch (count, errno) {
      case (1..., _): rest.removeFirst(count)
      case (_, EINTR): continue
      case (_, EAGAIN):
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        unsafe poll(&polled, 1, 1000)
      default: return false
      }
    }
    return true
  }
}

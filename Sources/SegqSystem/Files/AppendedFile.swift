import Glibc

/// A file to whose bytes others come; it is never changed itself.
///
/// What is written goes to a new file that begins with a copy of this one and then takes its place, so
/// that whoever is killed or finds the disk full leaves it as it was. As long as that takes, its folder is
/// locked against others who append in it.
final class AppendedFile {
  /// −1 where there is no file yet.
  private let descriptor: Int32
  private let folder: Int32
  /// As it was when it was opened.
  private var status = stat()
  var size: Int { Int(status.st_size) }

  /// Waits for others who append.
  init(_ place: Place) throws(SystemError) {
    folder = place.openFolder() ?? -1
    if folder >= 0 { try Self.lock(folder) }
    do throws(SystemError) { descriptor = try place.open(O_RDONLY) } catch {
      guard error.isMissing else { throw error }
      descriptor = -1
    }
    if descriptor >= 0 { unsafe fstat(descriptor, &status) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if folder >= 0 { close(folder) }
  }

  private static func lock(_ descriptor: Int32) throws(SystemError) {
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR, !Interrupt.isRequested else { throw .last }
    }
  }

  /// Its first bytes: enough for a header.
  func head() throws(SystemError) -> [UInt8] {
    size == 0 ? [] : try bytes(from: 0, count: min(size, 1 << 20))
  }

  func lastByte() throws(SystemError) -> UInt8? {
    size == 0 ? nil : try bytes(from: size - 1, count: 1).first
  }

  private func bytes(from offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    var read = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      read = unsafe pread(descriptor, buffer.baseAddress, buffer.count, offset)
      used = max(0, read)
    }
    guard read >= 0 else { throw .last }
    return bytes
  }

  /// Puts all its bytes into another file.
  func copy(to other: Int32) throws(SystemError) {
    var done = 0
    while done < size {
      let block = try bytes(from: done, count: min(size - done, 1 << 20))
      guard !block.isEmpty else { throw .changed }
      let stream = OutputStream(descriptor: other)
      try stream.write(block)
      try stream.flush()
      done += block.count
      if Interrupt.isRequested { throw SystemError(code: EINTR) }
    }
    if descriptor >= 0 { try Files.checkUnchanged(descriptor, since: status) }
  }
}

import Glibc
import SegqBytes

/// The bytes of a pipe, kept for whoever reads them once more: in memory, and when they are many in a
/// file without a name, which goes away with the program whatever happens.
struct Spool: ~Copyable, Sendable {
  private(set) var count = 0
  private var bytes: [UInt8] = []
  private var descriptor: Int32 = -1
  /// More than this goes to the disk.
  static let memoryLimit = 1 << 26

  private let limit: Int

  init(memoryLimit: Int = Self.memoryLimit) { limit = memoryLimit }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  mutating func append(_ new: ArraySlice<UInt8>) throws(SourceFailure) {
    if descriptor < 0, count + new.count <= limit {
      bytes += new
      count += new.count
      return
    }
    if descriptor < 0 {
      descriptor = try Self.makeFile()
      try write(bytes[...], at: 0)
      bytes = []
    }
    try write(new, at: count)
    count += new.count
  }

  /// Puts what there is at `offset` into `range`; how much that was.
  func read(
    at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int {
    let found = max(0, min(range.count, count - offset))
    guard descriptor >= 0 else {
      buffer.replaceSubrange(
        range.lowerBound..<range.lowerBound + found, with: bytes[offset..<offset + found])
      return found
    }
    var done = 0
    while done < found {
      let count = unsafe buffer.withUnsafeMutableBytes { target in
        unsafe pread(
          descriptor, target.baseAddress.map { unsafe $0 + range.lowerBound + done },
          found - done, offset + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .last }
      done += count
    }
    return done
  }

  private func write(_ new: ArraySlice<UInt8>, at offset: Int) throws(SourceFailure) {
    var done = 0
    while done < new.count {
      let count = unsafe new.withUnsafeBytes { source in
        unsafe pwrite(
          descriptor, source.baseAddress.map { unsafe $0 + done }, new.count - done, offset + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .noRoom(folder: Environment.temporaryFolder, message: SystemError.last.message)
      }
      done += count
    }
  }

  /// A file that no other program can open: it has no name, or loses it at once.
  private static func makeFile() throws(SourceFailure) -> Int32 {
    let folder = Environment.temporaryFolder
    if let nameless = try? Place(own: folder).open(O_RDWR | 0o20_200_000, 0o600) { return nameless }
    let place = Place(own: "\(folder)/.segq-\(Files.unguessable())")
    do throws(SystemError) {
      let named = try place.open(O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
      try? place.remove()
      return named
    } catch { throw .noRoom(folder: folder, message: error.message) }
  }
}

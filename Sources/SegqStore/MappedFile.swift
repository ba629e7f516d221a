import CMapping
import Glibc
import SegqEngine
import SegqSystem

/// A column file in memory, of which each block is checked when it is first touched.
///
/// It stays there while somebody holds a piece of it, also when it was removed meanwhile.
@safe
final class MappedFile: Sendable {
  let number: Int
  let directory: ColumnFile.Directory
  let seal: ColumnFile.Seal
  nonisolated(unsafe) private let mapping: OpaquePointer
  nonisolated(unsafe) private let start: UnsafePointer<UInt8>

  convenience init(_ path: String, number: Int, _ seal: ColumnFile.Seal) throws(MappingError) {
    try self.init(OpenedFile(path, seal), number: number)
  }

  /// Nothing but the directory is read.
  init(_ file: OpenedFile, number: Int) throws(MappingError) {
    let (descriptor, seal) = (file.descriptor, file.seal)
    let directory = try Self.directory(descriptor, number, length: seal.length)
    (self.number, self.seal, self.directory) = (number, seal, directory)
    let extents = directory.places.map(\.extent)
    let mapping = unsafe extents.withUnsafeBufferPointer { extents in
      var file = unsafe segq_mapped_file(
        plain_size: directory.plainSize, packed_count: directory.packedCount,
        checks_offset: directory.checksOffset, file_size: seal.length, digest: seal.digest,
        number: UInt64(number), extents: extents.baseAddress, extent_count: extents.count)
      return unsafe segq_map(descriptor, &file)
    }
    guard let mapping = unsafe mapping, let start = unsafe segq_mapping_start(mapping) else {
      throw errno == ENOMEM ? .noRoom : .system(.last)
    }
    unsafe self.mapping = mapping
    unsafe self.start = start.assumingMemoryBound(to: UInt8.self)
  }

  deinit { unsafe segq_unmap(mapping) }

  private static func directory(
    _ descriptor: Int32, _ number: Int, length: Int
  ) throws(MappingError) -> ColumnFile.Directory {
    var end = try read(descriptor, min(length, ColumnFile.pageSize), endingAt: length)
    guard let size = ColumnFile.Directory.size(endingWith: end), size <= length else {
      throw .damaged
    }
    if size > end.count { end = try read(descriptor, size, endingAt: length) }
    guard
      let directory = ColumnFile.Directory(
        Array(end.suffix(size)), number: number, length: length)
    else { throw .damaged }
    return directory
  }

  private static func read(
    _ descriptor: Int32, _ size: Int, endingAt end: Int
  ) throws(MappingError) -> [UInt8] {
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
      count = unsafe pread(descriptor, buffer.baseAddress, size, off_t(end - size))
      used = max(0, count)
    }
    guard count >= 0 else { throw .system(.last) }
    guard count == size else { throw .incomplete }
    return bytes
  }

  /// The pieces of an owner; of a file that has one only, all.
  func pieces(owner: UInt32 = 0) -> [Piece] {
    directory.places.filter { $0.owner == owner }.compactMap { place in
      Piece.Kind(rawValue: place.kind).map { kind in
        Piece(
          kind, width: Int(place.width), base: place.base, owner: owner,
          unsafe Memory(
            borrowing: UnsafeBufferPointer(start: start + place.offset, count: place.byteCount),
            of: self))
      }
    }
  }

  /// Checks all of it.
  func check() { unsafe segq_check(mapping) }

  /// The file as it is, up to the directory; nothing of it was checked.
  @unsafe var bytesBeforeDirectory: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(
      start: segq_mapping_file(mapping), count: directory.checksOffset + directory.checksSize)
  }
}

/// A column file that is to be mapped: the disk was asked for what will be read of it first, so that it
/// can look for that of several files at once.
final class OpenedFile {
  fileprivate let descriptor: Int32
  fileprivate let seal: ColumnFile.Seal

  init(_ path: String, _ seal: ColumnFile.Seal) throws(MappingError) {
    self.seal = seal
    do throws(OpenFailure) { descriptor = try openFile(path) } catch {
      switch error {
      case .system(let error): throw error.isMissing ? .incomplete : .system(error)
      case .wrongKind(let kind): throw .wrongKind(kind)
      }
    }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .system(.last) }
    guard Int(status.st_size) == seal.length else { throw .incomplete }
    // A page of the end is wanted, not megabytes around it.
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_RANDOM)
    let size = ColumnFile.pageSize
    posix_fadvise(descriptor, off_t(max(0, seal.length - size)), off_t(size), POSIX_FADV_WILLNEED)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

extension MappedFile: UnreadMemory {
  @unsafe
  func copy(_ bytes: UnsafeRawPointer, byteCount: Int, to out: UnsafeMutableRawPointer) {
    unsafe segq_read(mapping, bytes - UnsafeRawPointer(start), byteCount, out)
  }
}

/// Why a column file is not mapped.
enum MappingError: Error {
  case system(SystemError)
  /// Not there, or not so long as it was.
  case incomplete
  /// Something else than a file is in its place.
  case wrongKind(FileKind)
  /// The system maps no more for this program.
  case noRoom
  /// The directory is not what was written.
  case damaged
}

extension ColumnFile.Place {
  fileprivate var extent: segq_extent {
    segq_extent(
      offset: offset, size: byteCount, packed_width: isPacked ? Int(width) : 0,
      ascends: Piece.Kind(rawValue: kind)?.ascends ?? false)
  }
}

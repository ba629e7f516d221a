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
  private let places: [ColumnFile.Place]
  nonisolated(unsafe) private let mapping: OpaquePointer
  nonisolated(unsafe) private let start: UnsafePointer<UInt8>

  /// Nothing but the header is read.
  init(_ path: String, number: Int, _ seal: ColumnFile.Seal) throws(MappingError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ENOENT ? .incomplete : .system(.last) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .system(.last) }
    guard Int(status.st_size) == seal.length,
      let checkedSize = ColumnFile.checkedSize(ofLength: seal.length)
    else { throw .incomplete }
    // A page of the header is wanted, not megabytes behind it.
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_RANDOM)
    places = try Self.places(descriptor, number, within: checkedSize)
    self.number = number
    let ascents = places.compactMap(\.ascent)
    let mapping = unsafe ascents.withUnsafeBufferPointer { ascents in
      var file = unsafe segq_mapped_file(
        checked_size: checkedSize, file_size: seal.length, digest: seal.digest,
        number: UInt64(number), ascents: ascents.baseAddress, ascent_count: ascents.count)
      return unsafe segq_map(descriptor, &file)
    }
    guard let mapping = unsafe mapping, let start = unsafe segq_mapping_start(mapping) else {
      throw .system(.last)
    }
    unsafe self.mapping = mapping
    unsafe self.start = start.assumingMemoryBound(to: UInt8.self)
  }

  deinit { unsafe segq_unmap(mapping) }

  private static func places(
    _ descriptor: Int32, _ number: Int, within end: Int
  ) throws(MappingError) -> [ColumnFile.Place] {
    var header = try read(descriptor, ColumnFile.pageSize)
    guard let size = ColumnFile.headerSize(header), size <= end else { throw .damaged }
    if size > header.count { header = try read(descriptor, size) }
    guard let places = ColumnFile.places(in: header, number: number),
      places.allSatisfy({ $0.isInside(end) })
    else { throw .damaged }
    return places
  }

  private static func read(_ descriptor: Int32, _ size: Int) throws(MappingError) -> [UInt8] {
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
      count = unsafe pread(descriptor, buffer.baseAddress, size, 0)
      used = max(0, count)
    }
    guard count >= 0 else { throw .system(.last) }
    guard count == size else { throw .incomplete }
    return bytes
  }

  /// The pieces of an owner; of a file that has one only, all.
  func pieces(owner: UInt32 = 0) -> [Piece] {
    places.filter { $0.owner == owner }.compactMap { place in
      Piece.Kind(rawValue: place.kind).map { kind in
        Piece(
          kind, width: Int(place.width), base: place.base, owner: owner,
          unsafe Memory(
            borrowing: UnsafeBufferPointer(start: start + place.offset, count: place.byteCount),
            of: self))
      }
    }
  }

  /// Checks all that was not touched yet.
  func check() { unsafe segq_check(mapping) }
}

/// Why a column file is not mapped.
enum MappingError: Error {
  case system(SystemError)
  /// Not there, or not so long as it was.
  case incomplete
  /// The header is not what was written.
  case damaged
}

extension ColumnFile.Place {
  fileprivate var ascent: segq_ascent? {
    guard Piece.Kind(rawValue: kind)?.ascends == true else { return nil }
    return segq_ascent(offset: offset, size: byteCount)
  }

  /// Whether it and the bytes behind it that may be read lie before the checksums.
  fileprivate func isInside(_ end: Int) -> Bool {
    offset >= 0 && byteCount >= 0 && offset % ColumnFile.pieceAlignment == 0
      && offset + byteCount + Memory<UInt8>.padding <= end
  }
}

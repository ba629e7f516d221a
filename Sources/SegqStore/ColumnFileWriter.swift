import CMapping
import SegqEngine
import SegqSystem

/// Writes the pieces of one column file, of which the small and the packed ones go through a buffer.
@safe
struct ColumnFileWriter: ~Copyable {
  private let file: DurableFile
  private let goesOn: GoesOn
  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var written = 0
  /// How much of what the pieces hold in memory is in the buffer.
  private var taken = 0
  /// The checksums as they will lie in the file.
  private var checks: [UInt8] = []

  private static let bufferSize = 64 * ColumnFile.checkedAtOnce

  /// Told of bytes that are about to be written; false where they shall not be.
  typealias GoesOn = @Sendable (_ bytes: Int) -> Bool

  private init(_ path: String, _ goesOn: @escaping GoesOn) throws(SystemError) {
    file = try DurableFile(path)
    self.goesOn = goesOn
    unsafe buffer = .allocate(byteCount: Self.bufferSize, alignment: ColumnFile.pageSize)
  }

  deinit { unsafe buffer.deallocate() }

  /// Writes a file that must not be there yet; it is on the disk when this returns.
  static func write(
    _ pieces: [Piece], number: Int, to path: String, _ goesOn: @escaping GoesOn
  ) throws(SystemError) -> ColumnFile.Seal {
    var directory = ColumnFile.Directory(of: pieces)
    var writer = try ColumnFileWriter(path, goesOn)
    try writer.appendPlain(pieces.filter { !$0.kind.isPacked }, directory)
    for piece in pieces where piece.kind.isPacked { try writer.appendPacked(piece) }
    try writer.empty()
    directory.checksOffset = writer.written
    return try writer.finish(directory.bytes(number: number))
  }

  /// The places of plain pieces are the first.
  private mutating func appendPlain(
    _ pieces: [Piece], _ directory: ColumnFile.Directory
  ) throws(SystemError) {
    var offset = 0
    for (piece, place) in zip(pieces, directory.places) {
      try append(zeros: place.offset - offset)
      try append(piece.memory)
      offset = place.offset + piece.memory.count
    }
    try append(zeros: directory.plainSize - offset)
    try emptyPlain()
  }

  private mutating func append(zeros count: Int) throws(SystemError) {
    try append(Memory([UInt8](repeating: 0, count: count)))
  }

  private mutating func append(_ memory: Memory<UInt8>) throws(SystemError) {
    var done = 0
    while done < memory.count {
      if used == 0, memory.count - done >= Self.bufferSize {
        let bytes = unsafe UnsafeRawBufferPointer(
          start: memory.pointer + done, count: Self.bufferSize)
        unsafe addChecks(of: bytes)
        taken = Self.bufferSize
        unsafe try write(bytes)
        done += Self.bufferSize
        continue
      }
      let count = min(memory.count - done, Self.bufferSize - used)
      unsafe buffer.baseAddress.map {
        unsafe ($0 + used).copyMemory(from: memory.pointer + done, byteCount: count)
      }
      done += count
      used += count
      taken += count
      if used == Self.bufferSize { try emptyPlain() }
    }
  }

  private mutating func emptyPlain() throws(SystemError) {
    unsafe addChecks(of: UnsafeRawBufferPointer(rebasing: buffer[..<used]))
    try empty()
  }

  /// Of plain bytes that begin at a multiple of what is checked at once.
  @unsafe
  private mutating func addChecks(of bytes: UnsafeRawBufferPointer) {
    let size = ColumnFile.checkedAtOnce
    var found = [UInt32](repeating: 0, count: (bytes.count + size - 1) / size)
    unsafe segq_checksums(bytes.baseAddress, bytes.count, &found)
    for check in found { checks.append(little: check) }
  }

  private func checksum(_ range: Range<Int>) -> UInt32 {
    unsafe segq_checksum(buffer.baseAddress.map { unsafe $0 + range.lowerBound }, range.count)
  }

  /// The blocks of a piece, the last of which may hold nothing but what may be read behind it.
  private mutating func appendPacked(_ piece: Piece) throws(SystemError) {
    let end = (piece.memory.count + Memory<UInt8>.padding).rounded(upTo: ColumnFile.blockSize)
    for start in stride(from: 0, to: end, by: ColumnFile.blockSize) {
      if used + Int(SEGQ_PACKED_ROOM) > Self.bufferSize { try empty() }
      let count = max(0, min(ColumnFile.blockSize, piece.memory.count - start)) / piece.width
      let size = unsafe segq_pack(
        piece.memory.pointer + start, count, piece.width,
        buffer.baseAddress.map { unsafe $0 + used })
      checks.append(little: UInt64(written + used))
      checks.append(little: UInt32(size))
      checks.append(little: checksum(used..<used + size))
      used += size
      taken += count * piece.width
    }
  }

  private mutating func empty() throws(SystemError) {
    unsafe try write(UnsafeRawBufferPointer(rebasing: buffer[..<used]))
    used = 0
  }

  @unsafe
  private mutating func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    guard goesOn(taken) else { throw .interrupt }
    try unsafe file.write(bytes)
    written += bytes.count
    taken = 0
  }

  private mutating func finish(_ directory: [UInt8]) throws(SystemError) -> ColumnFile.Seal {
    try file.write(checks + directory)
    try file.finish()
    return ColumnFile.Seal(
      length: written + checks.count + directory.count, digest: Checksum.of(checks))
  }
}

extension SystemError {
  static let interrupt = SystemError(code: 4)
}

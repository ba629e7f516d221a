import CMapping
import SegqEngine
import SegqSystem

/// Writes the pieces of one column file: each byte goes through a buffer once, where its checksum is
/// computed.
@safe
struct ColumnFileWriter: ~Copyable {
  private let file: DurableFile
  private let goesOn: GoesOn
  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var checks: [UInt32] = []

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
    let (places, end) = ColumnFile.places(of: pieces)
    var writer = try ColumnFileWriter(path, goesOn)
    var offset = try writer.append(ColumnFile.header(places, number: number))
    for (piece, place) in zip(pieces, places) {
      offset += try writer.append(zeros: place.offset - offset)
      offset += try writer.append(piece.memory)
    }
    _ = try writer.append(zeros: end - offset)
    return try writer.finish(checkedSize: end)
  }

  private mutating func append(_ bytes: [UInt8]) throws(SystemError) -> Int {
    try append(Memory(bytes))
  }

  private mutating func append(zeros count: Int) throws(SystemError) -> Int {
    try append([UInt8](repeating: 0, count: count))
  }

  private mutating func append(_ memory: Memory<UInt8>) throws(SystemError) -> Int {
    var done = 0
    while done < memory.count {
      let count = min(memory.count - done, Self.bufferSize - used)
      unsafe buffer.baseAddress.map {
        unsafe ($0 + used).copyMemory(from: memory.pointer + done, byteCount: count)
      }
      done += count
      used += count
      if used == Self.bufferSize { try empty() }
    }
    return memory.count
  }

  private mutating func empty() throws(SystemError) {
    guard goesOn(used) else { throw .interrupt }
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer[..<used])
    let count = ColumnFile.checkCount(used)
    checks += unsafe [UInt32](unsafeUninitializedCapacity: count) { out, filled in
      unsafe segq_checksums(bytes.baseAddress, bytes.count, out.baseAddress)
      filled = count
    }
    try unsafe file.write(bytes)
    used = 0
  }

  private mutating func finish(checkedSize: Int) throws(SystemError) -> ColumnFile.Seal {
    if used > 0 { try empty() }
    var tail: [UInt8] = []
    for check in checks { tail.append(little: check) }
    let seal = ColumnFile.Seal(
      length: checkedSize + tail.count + ColumnFile.footerSize, digest: Checksum.of(tail))
    tail += ColumnFile.footer(seal, checkedSize: checkedSize)
    try file.write(tail)
    try file.finish()
    return seal
  }
}

extension SystemError {
  static let interrupt = SystemError(code: 4)
}

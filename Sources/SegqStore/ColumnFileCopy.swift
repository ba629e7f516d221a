import Glibc
import SegqEngine
import SegqSystem

/// A column file whose values go into another workspace as they lie: nothing is unpacked.
@safe
struct ColumnFileCopy {
  private let file: MappedFile
  /// What the pieces hold, in bytes of memory.
  private let size: Int

  /// Nil where these are not all that a file holds.
  init?(of pieces: [Piece]) {
    guard let file = pieces.lazy.compactMap({ $0.memory.holder as? MappedFile }).first,
      file.directory.places.count == pieces.count,
      pieces.allSatisfy({ file.holds($0) })
    else { return nil }
    self.file = file
    size = pieces.reduce(0) { $0 + $1.memory.count }
  }

  /// Writes a file that must not be there yet; it is on the disk when this returns. What is damaged is
  /// noted, and comes to nothing where that is asked for.
  func write(
    number: Int, to path: String, _ goesOn: ColumnFileWriter.GoesOn
  ) throws(SystemError) -> ColumnFile.Seal {
    guard Workers.untilInterrupted({ [file] _ in file.check() }) != nil else { throw .interrupt }
    let copy = try DurableFile(path)
    let bytes = unsafe file.bytesBeforeDirectory
    for start in stride(from: 0, to: bytes.count, by: Self.stretch) {
      let end = min(start + Self.stretch, bytes.count)
      // It is told in what the values take in memory.
      let told = (size * start / bytes.count, size * end / bytes.count)
      guard goesOn(told.1 - told.0) else { throw .interrupt }
      try unsafe copy.write(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
    }
    try copy.write(file.directory.bytes(number: number))
    try copy.finish()
    return file.seal
  }

  private static let stretch = 1 << 20
}

extension MappedFile {
  /// Whether a piece lies in it; a dictionary may be a copy of what does.
  fileprivate func holds(_ piece: Piece) -> Bool {
    pieces(owner: piece.owner).contains { own in
      guard own.kind == piece.kind, own.width == piece.width, own.base == piece.base,
        own.memory.count == piece.memory.count
      else { return false }
      let (a, b) = unsafe (own.memory.pointer, piece.memory.pointer)
      return unsafe a == b || memcmp(a, b, piece.memory.count) == 0
    }
  }
}

import SegqEngine

/// How a column file lies, from front to back:
///
///     plain       pieces as they lie in memory, each at a multiple of 64, with 64 zeros or more behind
///                 it; zeros up to a multiple of 4,096
///     packed      the blocks of the other pieces, packed, end to end
///     checksums   4 bytes (CRC32C) for each 16,384 bytes that are plain, 16 bytes for each packed block
///     directory   what lies where, with a checksum of its own
///
/// In memory the packed pieces lie behind the plain ones, each at a multiple of 65,536. All numbers are
/// little-endian. `docs/WORKSPACE.md` tells it in full.
enum ColumnFile {
  static let magic = Array("SEGQCOL\n".utf8)
  static let version: UInt32 = 2
  static let pageSize = 4096
  static let pieceAlignment = 64
  static let checkedAtOnce = 16_384
  static let blockSize = 65_536

  /// Where a piece lies in memory.
  struct Place: Sendable {
    var kind: UInt16
    var width: UInt16
    var owner: UInt32
    var offset: Int
    var byteCount: Int
    var base: Int64

    static let size = 32

    /// Where it and the bytes behind it that may be read end.
    var end: Int { offset + byteCount + Memory<UInt8>.padding }
  }

  /// What a file holds that was written: the catalog remembers it.
  struct Seal: Sendable, Hashable {
    var length: Int
    /// The checksum of the checksums, which stands for every byte before them.
    var digest: UInt32
  }

  /// What lies where in a file.
  struct Directory: Sendable {
    let places: [Place]
    /// How many bytes are plain.
    let plainSize: Int
    let packedCount: Int
    /// Where the checksums begin.
    var checksOffset = 0

    /// Where the packed pieces begin in memory.
    var packedStart: Int { plainSize.rounded(upTo: blockSize) }

    fileprivate static let fixedSize = 48
    /// At the end: its size and its checksum.
    static let endSize = 8
  }
}

extension ColumnFile.Directory {
  /// Where these pieces will lie.
  init(of pieces: [Piece]) {
    let plain = pieces.filter { !$0.kind.isPacked }
    let packed = pieces.filter(\.kind.isPacked)
    var places: [ColumnFile.Place] = []
    func place(_ pieces: [Piece], from start: Int, alignment: Int) -> Int {
      pieces.reduce(start) { offset, piece in
        let place = ColumnFile.Place(
          kind: piece.kind.rawValue, width: UInt16(piece.width), owner: piece.owner,
          offset: offset, byteCount: piece.memory.count, base: piece.base)
        places.append(place)
        return place.end.rounded(upTo: alignment)
      }
    }
    plainSize = place(plain, from: 0, alignment: ColumnFile.pieceAlignment)
      .rounded(upTo: ColumnFile.pageSize)
    let start = plainSize.rounded(upTo: ColumnFile.blockSize)
    let end = place(packed, from: start, alignment: ColumnFile.blockSize)
    packedCount = (end - start) / ColumnFile.blockSize
    self.places = places
  }

  func bytes(number: Int) -> [UInt8] {
    var bytes = ColumnFile.magic
    bytes.append(little: ColumnFile.version)
    bytes.append(little: UInt32(places.count))
    bytes.append(little: UInt64(number))
    bytes.append(little: UInt64(plainSize))
    bytes.append(little: UInt64(packedCount))
    bytes.append(little: UInt64(checksOffset))
    for place in places {
      bytes.append(little: place.kind)
      bytes.append(little: place.width)
      bytes.append(little: place.owner)
      bytes.append(little: UInt64(place.offset))
      bytes.append(little: UInt64(place.byteCount))
      bytes.append(little: UInt64(bitPattern: place.base))
    }
    bytes.append(little: UInt32(bytes.count + Self.endSize))
    bytes.append(little: Checksum.of(bytes))
    return bytes
  }

  /// How long the directory is that ends with these bytes.
  static func size(endingWith bytes: [UInt8]) -> Int? {
    guard bytes.count >= endSize else { return nil }
    return Int(bytes.number(at: bytes.count - endSize, UInt32.self))
  }

  /// What a directory says; nil where it is damaged, of another file or of another length than
  /// `length`.
  init?(_ bytes: [UInt8], number: Int, length: Int) {
    guard bytes.count >= Self.fixedSize + Self.endSize, bytes.starts(with: ColumnFile.magic),
      bytes.number(at: 8, UInt32.self) == ColumnFile.version,
      bytes.number(at: bytes.count - 4, UInt32.self) == Checksum.of(bytes.dropLast(4)),
      bytes.number(at: 16, UInt64.self) == UInt64(number)
    else { return nil }
    let count = Int(bytes.number(at: 12, UInt32.self))
    guard bytes.count == Self.fixedSize + count * ColumnFile.Place.size + Self.endSize else {
      return nil
    }
    plainSize = Int(bytes.number(at: 24, UInt64.self))
    packedCount = Int(bytes.number(at: 32, UInt64.self))
    checksOffset = Int(bytes.number(at: 40, UInt64.self))
    places = (0..<count).map { i in
      let start = Self.fixedSize + i * ColumnFile.Place.size
      return ColumnFile.Place(
        kind: bytes.number(at: start, UInt16.self),
        width: bytes.number(at: start + 2, UInt16.self),
        owner: bytes.number(at: start + 4, UInt32.self),
        offset: Int(bytes.number(at: start + 8, UInt64.self)),
        byteCount: Int(bytes.number(at: start + 16, UInt64.self)),
        base: Int64(bitPattern: bytes.number(at: start + 24, UInt64.self)))
    }
    guard checksOffset + checksSize + bytes.count == length, plainSize <= checksOffset,
      places.allSatisfy({ $0.end <= ($0.isPacked ? packedStart + packedSize : plainSize) })
    else { return nil }
  }

  var checksSize: Int {
    (plainSize + ColumnFile.checkedAtOnce - 1) / ColumnFile.checkedAtOnce * 4 + packedCount * 16
  }

  private var packedSize: Int { packedCount * ColumnFile.blockSize }
}

extension ColumnFile.Place {
  var isPacked: Bool { Piece.Kind(rawValue: kind)?.isPacked ?? false }
}

extension Int {
  func rounded(upTo step: Int) -> Int { (self + step - 1) / step * step }
}

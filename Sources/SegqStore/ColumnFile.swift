import SegqEngine

/// How a column file lies, from front to back:
///
///     header      4,096 bytes or a multiple: what lies where, and its own checksum
///     pieces      each at a multiple of 64, with 64 zeros or more behind it
///     zeros       up to a multiple of 4,096
///     checksums   4 bytes (CRC32C) for each 16,384 bytes before them
///     footer      32 bytes
///
/// All numbers are little-endian. `docs/WORKSPACE.md` tells it in full.
enum ColumnFile {
  static let magic = Array("SEGQCOL\n".utf8)
  static let endMagic = Array("SEGQEND\n".utf8)
  static let version: UInt32 = 1
  static let pageSize = 4096
  static let pieceAlignment = 64
  static let checkedAtOnce = 16_384
  static let footerSize = 32

  /// Where a piece lies in its file.
  struct Place: Sendable {
    var kind: UInt16
    var width: UInt16
    var owner: UInt32
    var offset: Int
    var byteCount: Int
    var base: Int64

    static let size = 32
  }

  /// What a file holds that was written: the catalog remembers it.
  struct Seal: Sendable, Hashable {
    var length: Int
    /// The checksum of the checksums, which stands for every byte before them.
    var digest: UInt32
  }

  /// The places of these pieces, and where the checksums begin.
  static func places(of pieces: [Piece]) -> (places: [Place], end: Int) {
    var offset = headerSize(of: pieces.count)
    let places = pieces.map { piece in
      let place = Place(
        kind: piece.kind.rawValue, width: UInt16(piece.width), owner: piece.owner, offset: offset,
        byteCount: piece.memory.count, base: piece.base)
      offset = (offset + piece.memory.count + Memory<UInt8>.padding)
        .rounded(upTo: pieceAlignment)
      return place
    }
    return (places, offset.rounded(upTo: pageSize))
  }

  private static let fixedHeader = 32

  static func headerSize(of count: Int) -> Int {
    (fixedHeader + count * Place.size + 4).rounded(upTo: pageSize)
  }

  static func header(_ places: [Place], number: Int) -> [UInt8] {
    let size = headerSize(of: places.count)
    var bytes = magic
    bytes.append(little: version)
    bytes.append(little: UInt32(size))
    bytes.append(little: UInt32(places.count))
    bytes.append(little: UInt32(0))
    bytes.append(little: UInt64(number))
    for place in places {
      bytes.append(little: place.kind)
      bytes.append(little: place.width)
      bytes.append(little: place.owner)
      bytes.append(little: UInt64(place.offset))
      bytes.append(little: UInt64(place.byteCount))
      bytes.append(little: UInt64(bitPattern: place.base))
    }
    bytes += [UInt8](repeating: 0, count: size - 4 - bytes.count)
    bytes.append(little: Checksum.of(bytes))
    return bytes
  }

  /// How long the header is that begins with these bytes; nil for what is none.
  static func headerSize(_ bytes: [UInt8]) -> Int? {
    guard bytes.count >= fixedHeader, bytes.starts(with: magic),
      bytes.number(at: 8, UInt32.self) == version
    else { return nil }
    return Int(bytes.number(at: 12, UInt32.self))
  }

  /// The places that a header names; nil where it is damaged or another file's.
  static func places(in header: [UInt8], number: Int) -> [Place]? {
    guard headerSize(header) == header.count,
      header.number(at: header.count - 4, UInt32.self) == Checksum.of(header.dropLast(4)),
      header.number(at: 24, UInt64.self) == UInt64(number)
    else { return nil }
    let count = Int(header.number(at: 16, UInt32.self))
    return (0..<count).map { i in
      let start = fixedHeader + i * Place.size
      return Place(
        kind: header.number(at: start, UInt16.self),
        width: header.number(at: start + 2, UInt16.self),
        owner: header.number(at: start + 4, UInt32.self),
        offset: Int(header.number(at: start + 8, UInt64.self)),
        byteCount: Int(header.number(at: start + 16, UInt64.self)),
        base: Int64(bitPattern: header.number(at: start + 24, UInt64.self)))
    }
  }

  static func footer(_ seal: Seal, checkedSize: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(little: UInt64(checkedSize))
    bytes.append(little: UInt64(seal.length))
    bytes.append(little: seal.digest)
    bytes.append(little: UInt32(0))
    return bytes + endMagic
  }

  static func checkCount(_ checkedSize: Int) -> Int {
    (checkedSize + checkedAtOnce - 1) / checkedAtOnce
  }

  /// Where the checksums begin in a file of that length.
  static func checkedSize(ofLength length: Int) -> Int? {
    // Of n pages (n + 3) / 4 have a checksum, 4 bytes each.
    let rest = length - footerSize
    var pages = rest / (pageSize + 4)
    while pages * pageSize + checkCount(pages * pageSize) * 4 < rest { pages += 1 }
    let size = pages * pageSize
    return size > 0 && size + checkCount(size) * 4 == rest ? size : nil
  }
}

extension Int {
  func rounded(upTo step: Int) -> Int { (self + step - 1) / step * step }
}

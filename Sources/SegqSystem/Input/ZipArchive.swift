import CInflate
import SegqBytes

/// The files in a zip file, found by its directory and unpacked as they are read.
@safe final class ZipArchive: Archive {
  let names: [String]
  private let entries: [String: Entry]
  private let source: any ByteSource
  private let path: String
  private let isInterrupted: @Sendable () -> Bool

  struct Entry: Sendable {
    var position: unz64_file_pos
    var size: Int
    var packedSize: Int
    var isEncrypted: Bool
    var method: UInt
  }

  private static let mostEntries = 100_000

  init(
    _ source: any ByteSource, path: String, isInterrupted: @escaping @Sendable () -> Bool
  ) throws(SourceFailure) {
    self.source = source
    self.path = path
    self.isInterrupted = isInterrupted
    var names: [String] = []
    var entries: [String: Entry] = [:]
    let handle = try ZipHandle(source)
    var code = unsafe unzGoToFirstFile(handle.file)
    while code == UNZ_OK {
      guard names.count < Self.mostEntries else {
        throw .unsupported(.zip, detail: "more than \(Self.mostEntries) files")
      }
      let (name, entry) = try handle.current()
      if !name.hasSuffix("/"), entries.updateValue(entry, forKey: name) == nil {
        names.append(name)
      }
      code = unsafe unzGoToNextFile(handle.file)
    }
    guard code == UNZ_END_OF_LIST_OF_FILE || names.isEmpty && code == UNZ_OK else {
      throw handle.failure ?? .damaged(.zip, detail: "its directory is not readable")
    }
    self.names = names
    self.entries = entries
  }

  func file(_ name: String) -> (any ByteSource)? {
    guard let entry = entries[name] else { return nil }
    // Deflate makes at most 1,032 bytes of one: what claims more lies.
    let size = min(entry.size, entry.packedSize &* 1032, 1 << 40)
    return StreamedSource(size: max(0, size), of: source) {
      [source, isInterrupted] () throws(SourceFailure) in
      ReadAhead(try ZipEntryStream(source, entry), isInterrupted: isInterrupted)
    }
  }

  func checkUnchanged() throws(SourceFailure) { try source.checkUnchanged() }

  func unpacked(_ name: String) throws(SourceFailure) -> Input? {
    guard let source = file(name) else { return nil }
    return try InputSource.unpack(source, path: path + "/" + name, isInterrupted: isInterrupted)
  }
}

/// The bytes of one file in a zip file.
@safe private final class ZipEntryStream: ByteStream, @unchecked Sendable {
  private let handle: ZipHandle
  private var isDone = false

  init(_ source: any ByteSource, _ entry: ZipArchive.Entry) throws(SourceFailure) {
    guard !entry.isEncrypted else {
      throw .unsupported(.zip, detail: "it is protected by a password")
    }
    guard entry.method == 0 || entry.method == 8 else {
      throw .unsupported(.zip, detail: "packed in a way (\(entry.method)) other than deflate")
    }
    handle = try ZipHandle(source)
    var position = entry.position
    guard unsafe unzGoToFilePos64(handle.file, &position) == UNZ_OK,
      unsafe unzOpenCurrentFile(handle.file) == UNZ_OK
    else {
      throw handle.failure ?? .damaged(.zip, detail: "a file in it is not where it should be")
    }
  }

  func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SourceFailure) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count)
    var done = 0
    while done < range.count, !isDone {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe unzReadCurrentFile(
          handle.file, bytes.baseAddress.map { unsafe $0 + range.lowerBound + done },
          UInt32(min(range.count - done, 1 << 20)))
      }
      if let failure = handle.failure { throw failure }
      guard count >= 0 else { throw .damaged(.zip, detail: "a file in it is not readable") }
      done += Int(count)
      if count == 0 { try finish() }
    }
    return done
  }

  private func finish() throws(SourceFailure) {
    isDone = true
    guard unsafe unzeof(handle.file) == 1 else { throw .cutShort(.zip) }
    guard unsafe unzCloseCurrentFile(handle.file) != UNZ_CRCERROR else {
      throw .damaged(.zip, detail: "a checksum does not match")
    }
  }
}

/// One reader of a zip file, with the library's callbacks going to a ``ByteSource``.
@safe private final class ZipHandle {
  @unsafe let file: unzFile
  private let access: Access

  /// Where the library reads.
  private final class Access {
    let source: any ByteSource
    var position = 0
    var failure: SourceFailure?
    init(_ source: any ByteSource) { self.source = source }
  }

  /// What the source said when it could not be read.
  var failure: SourceFailure? { access.failure }

  init(_ source: any ByteSource) throws(SourceFailure) {
    access = Access(source)
    let opaque = unsafe Unmanaged.passUnretained(access).toOpaque()
    var functions = unsafe zlib_filefunc64_def(
      zopen64_file: { opaque, _, _ in unsafe opaque },
      zread_file: { opaque, _, buffer, count in unsafe ZipHandle.read(opaque, buffer, count) },
      zwrite_file: { _, _, _, _ in 0 },
      ztell64_file: { opaque, _ in UInt64(unsafe ZipHandle.access(opaque).position) },
      zseek64_file: { opaque, _, offset, origin in
        unsafe ZipHandle.seek(opaque, Int(truncatingIfNeeded: offset), origin)
      },
      zclose_file: { _, _ in 0 },
      zerror_file: { opaque, _ in unsafe ZipHandle.access(opaque).failure == nil ? 0 : 1 },
      opaque: opaque)
    guard let file = unsafe unzOpen2_64("zip", &functions) else {
      throw access.failure ?? .cutShort(.zip)
    }
    unsafe self.file = file
  }

  deinit { unsafe unzClose(file) }

  /// Name, place and size of the file that the directory is at.
  func current() throws(SourceFailure) -> (String, ZipArchive.Entry) {
    var info = unz_file_info64()
    var name = [CChar](repeating: 0, count: 65_537)
    var position = unz64_file_pos()
    guard
      unsafe unzGetCurrentFileInfo64(file, &info, &name, 65_536, nil, 0, nil, 0) == UNZ_OK,
      unsafe unzGetFilePos64(file, &position) == UNZ_OK
    else { throw failure ?? .damaged(.zip, detail: "its directory is not readable") }
    let length = min(Int(info.size_filename), 65_536)
    let text = String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return (
      text,
      ZipArchive.Entry(
        position: position, size: Int(clamping: info.uncompressed_size),
        packedSize: Int(clamping: info.compressed_size), isEncrypted: info.flag & 1 != 0,
        method: info.compression_method)
    )
  }

  private static func access(_ opaque: UnsafeMutableRawPointer?) -> Access {
    guard let opaque = unsafe opaque else { preconditionFailure("the library lost its source") }
    return unsafe Unmanaged<Access>.fromOpaque(opaque).takeUnretainedValue()
  }

  private static func read(
    _ opaque: UnsafeMutableRawPointer?, _ target: UnsafeMutableRawPointer?, _ count: UInt
  ) -> UInt {
    let access = unsafe access(opaque)
    guard let target = unsafe target else { return 0 }
    var bytes = [UInt8](repeating: 0, count: Int(count))
    do throws(SourceFailure) {
      let found = try access.source.read(at: access.position, into: &bytes, 0..<bytes.count)
      access.position += found
      unsafe target.copyMemory(from: bytes, byteCount: found)
      return UInt(found)
    } catch {
      access.failure = error
      return 0
    }
  }

  private static func seek(
    _ opaque: UnsafeMutableRawPointer?, _ offset: Int, _ origin: Int32
  ) -> Int {
    let access = unsafe access(opaque)
    let base = origin == 1 ? access.position : origin == 2 ? access.source.size : 0
    let (position, isTooLarge) = base.addingReportingOverflow(offset)
    guard !isTooLarge, position >= 0 else { return -1 }
    access.position = position
    return 0
  }
}

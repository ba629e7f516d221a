import Glibc
import SegqBytes
import Synchronization
import Testing

@testable import SegqSystem

/// Small files, packed by gzip, zstd and Python's zipfile.
private enum Packed {
  static let text = Array("ID,Name\n1,Ann\n2,Bo\n".utf8)
  static let gzip = bytes(
    "1f8b0800000000000203f374d1f14bcc4de532d471cccbe332d271cae702007a5f9cfe13000000")
  static let zstd = bytes(
    "28b52ffd045899000049442c4e616d650a312c416e6e0a322c426f0abdd93df2")
  static let zip = bytes(
    "504b0304140000000800000021585ef083611a0000007c01000005000000612e637376f374d1f14bcc4de532"
      + "d471cccbe332d271cae7f21c15a28f1000504b01021403140000000800000021585ef083611a0000007c0100"
      + "00050000000000000000000000800100000000612e637376504b05060000000001000100330000003d000000"
      + "0000")

  private static func bytes(_ hex: String) -> [UInt8] {
    var rest = hex[...]
    var bytes: [UInt8] = []
    while let byte = UInt8(rest.prefix(2), radix: 16) {
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}

@Suite("Files, pipes, and what they are packed in")
struct InputSourceTests {
  private static func unpack(_ bytes: [UInt8]) throws(SourceFailure) -> Input {
    try InputSource.unpack(MemorySource(bytes), path: "t") { false }
  }

  /// All bytes, asked for in pieces of a size.
  private static func all(
    _ source: any ByteSource, piece: Int = 1 << 16
  ) throws(SourceFailure) -> [UInt8] {
    var (all, buffer) = ([UInt8](), [UInt8](repeating: 0, count: piece))
    while true {
      let count = try source.read(at: all.count, into: &buffer, 0..<piece)
      all += buffer[..<count]
      if count < piece { return all }
    }
  }

  private static func content(_ bytes: [UInt8], piece: Int = 1 << 16) throws -> [UInt8] {
    let input = try unpack(bytes)
    guard case .bytes(let source) = input.content else { return [] }
    let first = try all(source, piece: piece)
    // Once more from the beginning, as a second pass does.
    #expect(try all(source, piece: piece) == first)
    return first
  }

  @Test(
    "gzip and zstd, several members and frames, in pieces of any size", arguments: [1, 7, 65_536])
  func unpacked(piece: Int) throws {
    #expect(try Self.content(Packed.gzip, piece: piece) == Packed.text)
    #expect(try Self.content(Packed.zstd, piece: piece) == Packed.text)
    #expect(try Self.content(Packed.gzip + Packed.gzip, piece: piece) == Packed.text + Packed.text)
    #expect(try Self.content(Packed.zstd + Packed.zstd, piece: piece) == Packed.text + Packed.text)
    #expect(try Self.content(Packed.gzip + [0, 0, 0], piece: piece) == Packed.text)
    #expect(try Self.content(Packed.text, piece: piece) == Packed.text)
  }

  @Test("A file that is cut short anywhere is an error, and never fewer rows")
  func cutShort() {
    for count in 9..<Packed.gzip.count {
      #expect(throws: SourceFailure.self) { try Self.content(Array(Packed.gzip.prefix(count))) }
      #expect(throws: SourceFailure.self) {
        try Self.content(Packed.gzip + Packed.gzip.prefix(count))
      }
    }
    for count in 9..<Packed.zstd.count {
      #expect(throws: SourceFailure.self) { try Self.content(Array(Packed.zstd.prefix(count))) }
    }
    let whole = (0..<20).flatMap { _ in Packed.text }
    for count in 5..<Packed.zip.count {
      // The last bytes of a zip file can be done without; then all is there.
      let read = try? Self.zipped(Array(Packed.zip.prefix(count)))
      #expect(read == nil || read == whole, "\(count)")
    }
    #expect((try? Self.zipped(Packed.zip)) == whole)
  }

  /// What is in the first file of a zip file.
  private static func zipped(_ bytes: [UInt8]) throws -> [UInt8]? {
    guard case .archive(let archive) = try unpack(bytes).content else { return nil }
    guard let name = archive.names.first, let file = archive.file(name) else {
      throw SourceFailure.cutShort(.zip)
    }
    return try all(file)
  }

  @Test("A damaged byte is an error, wherever the format can tell")
  func damaged() throws {
    var bytes = Packed.gzip
    bytes[bytes.count - 6] ^= 1
    #expect(throws: SourceFailure.self) { try Self.content(bytes) }
    #expect(throws: SourceFailure.damaged(.gzip, detail: "something else follows its end")) {
      try Self.content(Packed.gzip + Array("x".utf8))
    }
    var zip = Packed.zip
    zip[50] ^= 0x10
    guard case .archive(let archive) = try Self.unpack(zip).content else { return }
    #expect(throws: SourceFailure.self) { try Self.all(try #require(archive.file("a.csv"))) }
  }

  @Test("A zip file gives its files by name")
  func zip() throws {
    guard case .archive(let archive) = try Self.unpack(Packed.zip).content else {
      Issue.record("not a zip file")
      return
    }
    #expect(archive.names == ["a.csv"])
    let whole = (0..<20).flatMap { _ in Packed.text }
    #expect(try Self.all(try #require(archive.file("a.csv")), piece: 3) == whole)
    #expect(archive.file("b.csv") == nil)
  }

  /// A pipe whose writer writes pieces of a size, waits between them, and leaves.
  private static func pipe(_ bytes: [UInt8], piece: Int, closes: Bool = true) -> Int32 {
    var ends: [Int32] = [0, 0]
    _ = unsafe Glibc.pipe(&ends)
    let (reader, writer) = (ends[0], ends[1])
    _ = Workers.beside {
      var rest = bytes[...]
      while !rest.isEmpty {
        Descriptor.write(Array(rest.prefix(piece)), to: writer)
        rest = rest.dropFirst(piece)
        if rest.count % 5 == 0 { usleep(1000) }
      }
      if closes { close(writer) }
    }
    return reader
  }

  @Test("A pipe is read to its end whatever the sizes of the writes, as often as one likes")
  func pipes() throws {
    let text = (0..<9000).flatMap { _ in Packed.text }
    for (bytes, piece) in [(Packed.text, 1), (text, 70_000), (text, 4093), (Packed.gzip, 2)] {
      let reader = Self.pipe(bytes, piece: piece)
      defer { close(reader) }
      let input = try InputSource.open("/dev/fd/\(reader)") { false }
      guard case .bytes(let source) = input.content else { continue }
      let expected = bytes == Packed.gzip ? Packed.text : bytes
      #expect(try Self.all(source) == expected)
      #expect(try Self.all(source, piece: 1000) == expected)
    }
  }

  @Test("Waiting for a silent pipe can be interrupted")
  func silent() throws {
    let reader = Self.pipe(Array("ID,Na".utf8), piece: 5, closes: false)
    defer { close(reader) }
    let polls = Mutex(0)
    #expect(throws: SourceFailure.interrupted) {
      _ = try InputSource.open("/dev/fd/\(reader)") {
        polls.withLock {
          $0 += 1
          return $0 > 3
        }
      }
    }
  }

  @Test("What a pipe brings beyond the memory for it goes to a file without a name")
  func spool() throws {
    let text = (0..<9000).flatMap { _ in Packed.text }
    let reader = Self.pipe(text, piece: 60_000)
    let source = SpooledSource(
      DescriptorStream(descriptor: reader) { false }, memoryLimit: 10_000)
    #expect(try Self.all(source) == text)
    #expect(try Self.all(source, piece: 777) == text)
    #expect(source.size == text.count)
  }

  @Test("A file that is written to while it is read is found out")
  func changed() throws {
    let path = try Files.makeTemporary("segq-test-", ".csv", Packed.text)
    defer { Files.remove(path) }
    guard case .bytes(let source) = try InputSource.open(path).content else { return }
    #expect(try Self.all(source) == Packed.text)
    try source.checkUnchanged()
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND)
    Descriptor.write(Packed.text, to: descriptor)
    close(descriptor)
    #expect(throws: SourceFailure.changed) { try source.checkUnchanged() }
  }

  @Test("So is one in whose place another stands, packed or not; one that was removed is as it was")
  func replaced() throws {
    for bytes in [Packed.text, Packed.gzip] {
      let path = try Files.makeTemporary("segq-test-", ".csv", bytes)
      defer { Files.remove(path) }
      let input = try InputSource.open(path)
      try input.checkUnchanged()
      let other = try Files.makeTemporary("segq-test-", ".csv", bytes)
      try Files.rename(other, to: path)
      #expect(throws: SourceFailure.changed) { try input.checkUnchanged() }
      Files.remove(path)
      try input.checkUnchanged()
    }
  }

  @Test("What is not there, and a folder, is the system's own word")
  func missing() {
    #expect(throws: SourceFailure(SystemError(code: ENOENT))) {
      _ = try InputSource.open("/nowhere/at all.csv")
    }
    #expect(throws: SourceFailure(SystemError.zeroByte)) {
      _ = try InputSource.open("/tmp\u{0}x")
    }
    #expect(throws: SourceFailure(SystemError(code: EISDIR))) { _ = try InputSource.open("/tmp") }
  }
}

import Foundation
import Glibc
import Testing

@testable import SegqSystem

@Suite("Paths")
struct PlaceTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "segq-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path(name), withDestinationPath: target)
  }

  private func text(_ name: String) -> String? {
    try? String(contentsOfFile: path(name), encoding: .utf8)
  }

  @Test("No call makes another path of one with a zero byte")
  func zeroByte() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("kept".utf8).write(to: folder.appending(path: "a"))
    let other = path("a") + "\u{0}b"
    #expect(Files.kind(other) == nil && Files.size(of: other) == nil)
    #expect(Files.modified(other) == nil && Files.resolved(other) == other)
    #expect(throws: SystemError.zeroByte) { try Files.read(other) }
    #expect(throws: SystemError.zeroByte) { try Files.readHead(other) }
    #expect(throws: SystemError.zeroByte) { try Files.list(folder.path + "\u{0}") }
    #expect(throws: SystemError.zeroByte) { try Files.makeFolder(other) }
    #expect(throws: SystemError.zeroByte) { try Files.makeNewFolder(other) }
    #expect(throws: SystemError.zeroByte) { try Files.rename(other, to: path("c")) }
    #expect(throws: SystemError.zeroByte) { try Files.rename(path("a"), to: path("c") + "\u{0}") }
    #expect(throws: SystemError.zeroByte) { try Files.makePrivate(other) }
    #expect(throws: SystemError.zeroByte) { try Files.sync(folder: other) }
    #expect(throws: SystemError.zeroByte) { try OutputFile.replace(other, []) }
    #expect(throws: SystemError.zeroByte) { _ = try OutputFile(other, .append) }
    #expect(throws: SystemError.zeroByte) { _ = try OutputFile(other, .keepOthers) }
    #expect(throws: SystemError.zeroByte) { _ = try Subprocess("true\u{0}; false", isFed: false) }
    Files.remove(other)
    Files.removeFolder(folder.path + "\u{0}")
    #expect(text("a") == "kept")
  }

  @Test("A name that is no UTF-8 comes back as it is")
  func bytes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let latin: [UInt8] = Array("Gr".utf8) + [0xF6, 0xDF] + Array("e.csv".utf8)
    let whole = (Array(path("").utf8) + latin + [0]).map { CChar(bitPattern: $0) }
    let descriptor = unsafe open(whole, O_CREAT | O_WRONLY, 0o600)
    Descriptor.write(Array("read".utf8), to: descriptor)
    close(descriptor)
    let names = try Files.list(folder.path)
    #expect(names.count == 1 && Files.kind(path(names[0])) == .file)
    #expect(try Files.read(path(names[0])) == Array("read".utf8))
    #expect(Files.resolved(path(names[0])) == Files.resolved(folder.path) + "/" + names[0])
  }

  @Test("So does any text of the system's")
  func roundTrip() throws {
    var random = SystemRandomNumberGenerator()
    var all: [[UInt8]] = [
      [], Array("日本 Größe 🙂 \u{10FFFF}".utf8), [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x99],
      [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF, 0xFE, 0x41],
      [0x80, 0xC3, 0xA4],
    ]
    all += (0..<2000).map { _ in
      (0..<8).map { _ in UInt8.random(in: 1...255, using: &random) }
    }
    for bytes in all {
      let text = String(system: bytes)
      let found = unsafe try text.withPath {
        unsafe Array(UnsafeRawBufferPointer(start: $0, count: strlen($0)))
      }
      #expect(found == bytes)
    }
    #expect(String(system: Array("Größe".utf8)) == "Größe")
  }

  @Test("A file that is hidden until it is whole has a name that nobody can have prepared")
  func hidden() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("theirs".utf8).write(to: folder.appending(path: "theirs"))
    try link(".a.csv.segq-\(getpid())", to: "theirs")
    var seen: Set<String> = []
    for _ in 0..<2 {
      let file = try OutputFile(path("a.csv"), .replace, isUnnamed: false)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let name = try #require(names.first { $0.hasPrefix(".segq-") })
      #expect(seen.insert(name).inserted)
      try file.stream.write("own")
      #expect(try file.commit() == path("a.csv"))
    }
    #expect(text("a.csv") == "own" && text("theirs") == "theirs")
    let dropped = try OutputFile(path("b.csv"), .keepOthers, isUnnamed: false)
    dropped.discard()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.hasPrefix(".segq-") })
  }

  @Test("A link in the place of a folder is neither emptied nor made use of")
  func plantedFolder() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "theirs"), withIntermediateDirectories: true)
    try Data("kept".utf8).write(to: folder.appending(path: "theirs/a"))
    try link("own", to: "theirs")
    Files.removeFolder(path("own"))
    #expect(text("theirs/a") == "kept")
    #expect(throws: SystemError(code: EEXIST)) { try Files.makeNewFolder(path("own")) }
    #expect(!Files.isOwnFolder(path("own")) && Files.isOwnFolder(path("theirs")))
    Files.removeFolder(path("theirs"))
    #expect(Files.kind(path("theirs")) == nil)
  }

  @Test("A walk behind a fence goes as the system does, and never out")
  func walk() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["in/sub", "out"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    try Data("inner".utf8).write(to: folder.appending(path: "in/a"))
    try Data("outer".utf8).write(to: folder.appending(path: "out/a"))
    let real = Files.resolved(folder.path)
    try link("in/absolute", to: real + "/in/sub")
    try link("in/chain", to: "absolute/../a")
    try link("in/leaving", to: "../out/a")
    try link("in/loop", to: "loop")
    let fence = try Fence(around: path("in"), [path("out/a")])
    func read(_ name: String, _ purpose: Place.Purpose = .reading) throws(SystemError) -> String {
      let (folder, name) = try fence.walk(name, purpose, true)
      let descriptor = try Place(in: folder, name).open(O_RDONLY)
      defer { close(descriptor) }
      return String(decoding: try Files.read(descriptor), as: UTF8.self)
    }
    for name in ["a", "./a", "sub/../a", "absolute/../a", "chain", "//" + real + "/in//a"] {
      #expect(try read(name) == "inner")
    }
    // It was given.
    for name in ["leaving", "../out/a", real + "/out/a"] {
      #expect(try read(name) == "outer")
      #expect(throws: SystemError.outside) { try read(name, .writing) }
    }
    for name in ["..", "../out", "sub/../../out/b", "/", "/etc/passwd", real] {
      #expect(throws: SystemError.outside) { try read(name) }
    }
    #expect(throws: SystemError(code: ELOOP)) { try read("loop") }
    #expect(throws: SystemError(code: ENOTDIR)) { try read("a/") }
    #expect(throws: SystemError(code: ENOENT)) { try read("none/../a") }
    #expect(throws: SystemError(code: ENOENT)) { try read("") }
    #expect(throws: SystemError(code: ELOOP)) { try read("loop/a") }
  }
}

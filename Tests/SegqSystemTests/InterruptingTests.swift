import Foundation
import Synchronization
import Testing

@testable import SegqSystem

@Suite("Work that Ctrl-C stops", .serialized)
struct InterruptingTests {
  @Test("What is made comes back, and is asked for no more")
  func finished() {
    let isAsked = Mutex<(@Sendable () -> Bool)?>(nil)
    let result = Workers.untilInterrupted { isAbandoned in
      isAsked.withLock { $0 = isAbandoned }
      return 42
    }
    #expect(result == 42)
    // Answers go on asking it as long as they live.
    #expect(isAsked.withLock { $0 }?() == Interrupt.isRequested)
  }

  @Test("Files take their place whole, among others, through links and with their rights")
  func files() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "segq-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func names() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }
    let path = folder.path + "/a.csv"
    let first = try OutputFile(path, .replace)
    try first.stream.write("one")
    #expect(try names() == [])
    #expect(try first.commit() == path)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.csv", withDestinationPath: "a.csv")
    try OutputFile.replace(folder.path + "/link.csv", Array("two".utf8))
    #expect(try names() == ["a.csv", "link.csv"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
    let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(rights == 0o640)
    for name in ["a (1).csv", "a (2).csv"] {
      let other = try OutputFile(path, .keepOthers)
      try other.stream.write(name)
      #expect(try other.commit() == folder.path + "/" + name)
    }
    let dropped = try OutputFile(path, .replace)
    try dropped.stream.write("three")
    dropped.discard()
    #expect(try names() == ["a (1).csv", "a (2).csv", "a.csv", "link.csv"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "two")
  }
}

import Foundation
import Testing

@testable import SegqSystem

@Suite struct HistoryTests {
  private let folder = NSTemporaryDirectory() + "segq-history-" + UUID().uuidString
  private var path: String { folder + "/state/segq/history" }

  private func history(_ entries: String...) -> History {
    let history = History(path: nil)
    for entry in entries { history.add(entry) }
    return history
  }

  @Test("An entry used again moves to the end; one that begins with a blank is not kept")
  func adding() {
    #expect(history("a", "b", "a", " secret", "", "\nx").entries == ["b", "a"])
  }

  @Test("There is a limit, and the oldest go first")
  func limit() {
    let history = History(path: nil)
    for number in 0..<(History.limit + 5) { history.add("entry \(number)") }
    #expect(history.entries.count == History.limit)
    #expect(history.entries.first == "entry 5")
  }

  @Test("The suggestion is the rest of the newest entry that goes on")
  func suggestion() {
    let history = history("select a", "select b", "sel")
    #expect(history.continuation(of: "sel") == "ect b")
    #expect(history.continuation(of: "select a") == nil)
    #expect(history.continuation(of: "") == nil)
    #expect(history.continuation(of: "SEL") == nil)
  }

  @Test("Searching goes to older and newer entries; small letters find capitals")
  func search() {
    var search = Search()
    let history = history("first DE", "second", "third de")
    for scalar in "de".unicodeScalars { search.extend(scalar, history) }
    #expect(search.match?.entry == 2 && search.match?.range == 6..<8)
    search.older(history)
    #expect(search.match?.entry == 0)
    search.older(history)
    #expect(search.match?.entry == 0 && search.hasFailed)
    search.newer(history)
    #expect(search.match?.entry == 2 && !search.hasFailed)
    search.extend("x", history)
    #expect(search.hasFailed)
    search.shorten(history)
    search.shorten(history)
    search.shorten(history)
    #expect(search.query.isEmpty && search.match == nil && !search.hasFailed)
    search.extend("D", history)
    #expect(search.match?.entry == 0)
  }

  @Test("Up and Down go through the entries and come back to the text left behind")
  func walking() {
    var walk = HistoryWalk(history("one", "two", "other"))
    #expect(walk.newer(than: "draft") == nil)
    #expect(walk.older(than: "draft") == "other")
    #expect(walk.older(than: "other", startingWith: "o") == "one")
    #expect(walk.older(than: "one") == nil)
    #expect(walk.newer(than: "one") == "two")
    #expect(walk.newer(than: "two") == "other")
    #expect(walk.newer(than: "other") == "draft")
    #expect(walk.newer(than: "draft") == nil)
  }

  @Test(
    "Entries are one line each in the file and come back as they were",
    arguments: ["a", "a\nb", "C:\\new\\", "\\n", "日本\n\t👩‍👩‍👧", "a\r\nb", "\\\\\n"])
  func encoding(_ entry: String) {
    let line = HistoryFile.encode(entry)
    #expect(line.filter { $0 == 0x0A }.count == 1 && line.last == 0x0A)
    #expect(HistoryFile.decode(line) == [entry])
  }

  @Test("The file and the folders made for it are private, and the next session finds the entries")
  func file() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let first = History(path: path)
    first.add("one\ntwo")
    first.add("three")
    first.add("one\ntwo")
    #expect(History(path: path).entries == ["three", "one\ntwo"])
    #expect(try mode(path) == 0o600)
    #expect(try mode(folder + "/state/segq") == 0o700)
  }

  @Test("Sessions side by side keep each other's entries")
  func sideBySide() {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (one, two) = (History(path: path), History(path: path))
    one.add("a")
    two.add("b")
    one.add("c")
    #expect(one.entries == ["a", "c"])
    #expect(History(path: path).entries == ["a", "b", "c"])
  }

  @Test("A last line that was cut short does not swallow the next entry; other bytes are let be")
  func damaged() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = folder + "/history"
    try Data([0x61, 0x0A, 0x0A, 0xFF, 0x00, 0x62]).write(to: URL(fileURLWithPath: file))
    History(path: file).add("c")
    #expect(History(path: file).entries == ["a", "\u{FFFD}\u{0}b", "c"])
  }

  @Test(
    "A file that cannot be written or read stops nothing", arguments: ["/dev/null/x/history", "/"])
  func impossible(_ path: String) {
    let history = History(path: path)
    history.add("a")
    #expect(history.entries == ["a"])
  }

  @Test("A file far too long is cut down to the newest entries")
  func shortening() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let file = folder + "/history"
    let lines = (0...(2 * History.limit)).map { "entry \($0)\n" }.joined()
    try Data(lines.utf8).write(to: URL(fileURLWithPath: file))
    let loaded = History(path: file)
    #expect(loaded.entries.count == History.limit)
    loaded.add("last")
    let left = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(left.count == History.limit + 1)
    #expect(left.first == "entry \(History.limit + 1)" && left.last == "last")
    #expect(try mode(file) == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["history"])
  }

  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? Int) ?? 0
  }
}

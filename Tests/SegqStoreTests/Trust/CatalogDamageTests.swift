import Foundation
import SegqEngine
import SegqRecords
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("Damage in the catalog") struct CatalogDamageTests {
    private func withCatalog(_ body: (_ path: String, _ catalog: String) throws -> Void) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        try Workspace.save(.small(), settings: [:], as: path).endWriting()
        try body(path, path + "/catalog.sqlite")
      }
    }

    private func isDamage(_ error: any Error) -> Bool {
      guard case .damagedCatalog? = error as? StoreError else { return false }
      return true
    }

    @Test("A flipped bit on any page is found by opening, before a change, and by check-store")
    func pages() throws {
      try withCatalog { path, catalog in
        let reader = try Workspace(opening: path)
        let size = try Data(contentsOf: URL(filePath: catalog)).count
        #expect(size > 20 * 16_384)
        // One in each page, each at another place in it; the header has 100 bytes.
        let places =
          stride(from: 0, to: size, by: 16_384).enumerated().map { $1 + $0 * 5_003 % 16_384 }
          + stride(from: 0, to: 100, by: 7)
        for place in places {
          try flip(catalog, at: place)
          #expect(
            "opening, \(place)", performing: { try Workspace(opening: path) }, throws: isDamage)
          #expect(
            "check, \(place)", performing: { try WorkspaceCheck(path) { false } }, throws: isDamage)
          #expect(
            "change, \(place)", performing: { try reader.beginWriting() }, throws: isDamage)
          try flip(catalog, at: place)
        }
        #expect(try Workspace(opening: path).store.contents == Store.small().contents)
        #expect(try WorkspaceCheck(path) { false }.findings == [])
      }
    }

    @Test("A page in the place of another is found")
    func otherPage() throws {
      try withCatalog { path, catalog in
        var bytes = try Data(contentsOf: URL(filePath: catalog))
        bytes.replaceSubrange(3 * 16_384..<4 * 16_384, with: bytes[4 * 16_384..<5 * 16_384])
        try bytes.write(to: URL(filePath: catalog))
        #expect(performing: { try Workspace(opening: path) }, throws: isDamage)
      }
    }

    /// A workspace as somebody left it who was killed after these changes.
    private func withLog(_ body: (_ path: String, _ log: String) throws -> Void) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        let workspace = try Workspace.save(.small(), settings: [:], as: path)
        for name in ["Once", "Twice"] {
          var store = workspace.store
          store.segments[0].name = name
          try workspace.commit(store, settings: [:])
        }
        try FileManager.default.copyItem(atPath: path, toPath: folder + "/left.segdb")
        try body(folder + "/left.segdb", folder + "/left.segdb/catalog.sqlite-wal")
      }
    }

    @Test("A flipped bit in the log is found: what was acknowledged is missed")
    func log() throws {
      try withLog { path, log in
        let whole = try Data(contentsOf: URL(filePath: log))
        #expect(whole.count > 10_000)
        for place in stride(from: 3, to: whole.count, by: whole.count / 12) {
          let copy = path + ".copy"
          try FileManager.default.copyItem(atPath: path, toPath: copy)
          defer { try? FileManager.default.removeItem(atPath: copy) }
          try flip(copy + "/catalog.sqlite-wal", at: place)
          for _ in 1...2 {
            let error = #expect(throws: StoreError.self) { try Workspace(opening: copy) }
            guard case .lostChanges(copy, count: 1...2)? = error else {
              Issue.record("\(place): \(String(describing: error))")
              return
            }
          }
          #expect(throws: StoreError.self) { try WorkspaceCheck(copy) { false } }
        }
        #expect(try Workspace(opening: path).store.segments[0].name == "Twice")
      }
    }

    @Test("Without the file 'lock' it goes on from the change before, as it is told")
    func wayOut() throws {
      try withLog { path, log in
        try flip(log, at: 40)
        #expect(throws: StoreError.lostChanges(path, count: 2)) { try Workspace(opening: path) }
        try FileManager.default.removeItem(atPath: path + "/lock")
        #expect(try Workspace(opening: path).store.segments[0].name == "Every third")
      }
    }

    @Test(
      "A damaged 'lock' says nothing", arguments: ["", "1 2", "1 2 99 00000000", "x", "1 2 3 4 5"])
    func lock(words: String) throws {
      try withCatalog { path, _ in
        try Data(words.utf8).write(to: URL(filePath: path + "/lock"))
        let workspace = try Workspace(opening: path)
        _ = try workspace.beginWriting()
        try workspace.commit(workspace.store, settings: ["a": "b"])
        #expect(WorkspaceLock.lastChange(path + "/lock") == 2)
      }
    }

    /// Puts a catalog in the place of the one that is there, as older programs made it.
    private func makeOld(_ catalog: String) throws {
      let image = try CatalogImage(Database(catalog, .write), path: catalog)
      for name in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: catalog + name)
      }
      let database = try Database(catalog, .create)
      try database.run("pragma journal_mode = wal")
      for table in CatalogTable.allCases { try database.run(table.definition) }
      try image.write(over: CatalogImage(), database)
      #expect(!database.hasTrailers)
      database.close()
    }

    @Test("A catalog without checksums of its pages opens, and has them after the first change")
    func older() throws {
      try withCatalog { path, catalog in
        try makeOld(catalog)
        let workspace = try Workspace(opening: path)
        #expect(workspace.store.contents == Store.small().contents)
        #expect(try WorkspaceCheck(path) { false }.findings == [])
        _ = try workspace.beginWriting()
        try workspace.commit(workspace.store, settings: ["a": "b"])
        workspace.endWriting()
        try flip(catalog, at: 4096 + 2_000)
        #expect(performing: { try Workspace(opening: path) }, throws: isDamage)
      }
    }

    @Test("In a catalog without checksums an index that does not fit its table is found")
    func olderIndex() throws {
      try withCatalog { path, catalog in
        try makeOld(catalog)
        var bytes = try Data(contentsOf: URL(filePath: catalog))
        // Names stand in a row of their table and in its index, which begins on a later page.
        let place = try #require(bytes.range(of: Data("next_file".utf8), options: .backwards))
        bytes[place.lowerBound] ^= 1
        try bytes.write(to: URL(filePath: catalog))
        #expect(performing: { try Workspace(opening: path) }, throws: isDamage)
        #expect(performing: { try WorkspaceCheck(path) { false } }, throws: isDamage)
      }
    }

    @Test("A statement that meets another number of rows than it should undoes its change")
    func counting() throws {
      try withCatalog { _, catalog in
        let database = try Database(catalog, .write)
        let missing: [[SQLValue]] = [[.text("no such name")]]
        #expect(
          performing: { try database.run("delete from meta where name = ?", each: missing) },
          throws: isDamage)
        #expect(
          performing: { try database.put([[.text("changes"), .integer(1)]], in: .meta) },
          throws: isDamage)
        #expect(
          performing: { try database.run("delete from steps", changing: 1) }, throws: isDamage)
      }
    }
  }
}

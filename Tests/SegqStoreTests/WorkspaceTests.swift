import Foundation
import SegqEngine
import SegqRecords
import SegqSystem
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("A workspace") struct WorkspaceTests {
    private func saved(
      _ store: Store = .small(), _ body: (_ path: String, Workspace) throws -> Void
    ) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        let workspace = try Workspace.save(store, settings: ["page_size": "9"], as: path)
        try body(path, workspace)
      }
    }

    private func files(_ path: String) throws -> [String] { try Files.list(path + "/data") }

    @Test("What is opened is what was saved")
    func opening() throws {
      try saved { path, _ in
        let opened = try Workspace(opening: path)
        #expect(opened.store.contents == Store.small().contents)
        #expect(opened.store.customers?.columns[1].values.index?.rows.count == 1000)
        #expect(opened.settings == ["page_size": "9"])
      }
    }

    @Test("It is private to the user")
    func rights() throws {
      try saved { path, workspace in
        workspace.endWriting()
        for name in ["", "/data", "/catalog.sqlite", "/lock", "/data/00001.seg"] {
          let mode = try FileManager.default.attributesOfItem(atPath: path + name)[
            .posixPermissions]
          #expect((mode as? Int ?? 0) & 0o077 == 0, "\(name)")
        }
      }
    }

    @Test("A change writes what differs and nothing else")
    func changing() throws {
      try saved { path, workspace in
        let before = try files(path)
        var store = workspace.store
        store.segments[1].rule = "country = FR"
        store.segments[1].setMembers(RowSet(ascending: [1, 2], rowCount: 1000))
        try workspace.commit(store, settings: [:])
        let after = try files(path)
        #expect(Set(after).subtracting(before).count == 1)
        #expect(Set(before).isSubset(of: after))
        #expect(try Workspace(opening: path).store.contents == store.contents)
        store.segments.removeAll()
        try workspace.commit(store, settings: [:])
        #expect(try files(path).count == before.count - 1)
      }
    }

    @Test("Segments may have one set, also of each other's, and each has a piece of it")
    func sharing() throws {
      try saved { path, workspace in
        var store = workspace.store
        // The set of segment 4 lies in a file that has another of segment 9 by and by.
        store.segments[1].setMembers(RowSet(ascending: [1, 2], rowCount: 1000))
        try workspace.commit(store, settings: [:])
        workspace.endWriting()
        let opened = try Workspace(opening: path)
        _ = try opened.beginWriting()
        for (from, to) in [(0, 1), (1, 0), (0, 1)] {
          var store = opened.store
          if from == 1 { store.segments[1].setMembers(RowSet(ascending: [7], rowCount: 1000)) }
          store.segments[to].setMembers(store.segments[from].members)
          try opened.commit(store, settings: [:])
          #expect(try Workspace(opening: path).store.contents == store.contents)
          #expect(try WorkspaceCheck(path) { false }.findings == [])
        }
        // So many files with members that they are put into one.
        for count in 1...20 {
          var store = opened.store
          var segment = Segment(id: 100 + count, name: "\(count)", isActive: true, websites: [])
          segment.setMembers(store.segments[count % 2].members)
          store.segments.append(segment)
          try opened.commit(store, settings: [:])
        }
        let contents = opened.store.contents
        opened.endWriting()
        #expect(try Workspace(opening: path).store.contents == contents)
      }
    }

    @Test("A segment that the catalog points at another's members is found out")
    func otherMembers() throws {
      try saved { path, workspace in
        var store = workspace.store
        store.segments[1].setMembers(RowSet(ascending: [1, 2], rowCount: 1000))
        try workspace.commit(store, settings: [:])
        workspace.endWriting()
        let folder = WorkspaceFolder(path: path)
        let image = try CatalogImage(reading: folder)
        let rows = try #require(image[.segments, SQLValue(4)])
        let other = try #require(image[.segments, SQLValue(9)])
        let database = try Database(folder.catalog, .write)
        // The file of segment 9 has nothing of segment 4.
        var changed = image
        changed.put(Array(rows.dropLast()) + [other[10]], in: .segments)
        changed.seal()
        try changed.write(over: image, database)
        let number = try #require(other[10].integer)
        let error = StoreError.otherMembers(folder.file(Int(number)), segment: 4)
        #expect(throws: error) { try Workspace(opening: path) }
        #expect(try WorkspaceCheck(path) { false }.findings == [error])
        // The set is there, and has another number of rows.
        var counted = image
        counted.put(Array(other.prefix(9)) + [.integer(3), other[10]], in: .segments)
        counted.seal()
        try counted.write(over: changed, database)
        #expect(
          try WorkspaceCheck(path) { false }.findings
            == [.otherMembers(folder.file(Int(number)), segment: 9)])
      }
    }

    @Test("Who reads sees what there was when it was opened")
    func reading() throws {
      try saved { path, workspace in
        let reader = try Workspace(opening: path)
        try workspace.commit(Store.small(10), settings: [:])
        #expect(reader.store.contents == Store.small().contents)
        #expect(try Workspace(opening: path).store.contents == Store.small(10).contents)
      }
    }

    @Test("One writes at a time, and the other is told who it is")
    func writing() throws {
      try saved { path, workspace in
        let other = try Workspace(opening: path)
        #expect {
          try other.beginWriting(patience: 0)
        } throws: { error in
          guard case .locked(_, let process, _)? = error as? StoreError else { return false }
          return process == Int64(ProcessInfo.processInfo.processIdentifier)
        }
        var store = workspace.store
        store.segments[0].name = "Another"
        try workspace.commit(store, settings: [:])
        workspace.endWriting()
        #expect(try other.beginWriting())
        #expect(other.store.segments[0].name == "Another")
      }
    }

    @Test("What a killed program left is removed by the next who writes")
    func orphans() throws {
      try saved { path, workspace in
        workspace.endWriting()
        try Data([1]).write(to: URL(filePath: path + "/data/00099.seg"))
        try Data([1]).write(to: URL(filePath: path + "/data/00100.seg.new"))
        #expect(try WorkspaceCheck(path) { false }.abandonedCount == 2)
        _ = try Workspace(opening: path).beginWriting()
        #expect(try WorkspaceCheck(path) { false }.abandonedCount == 0)
      }
    }

    @Test("An interrupted save leaves nothing")
    func interrupting() throws {
      try withFolder { folder in
        #expect(throws: StoreError.interrupted) {
          try Workspace.save(.small(), settings: [:], as: folder + "/shop.segdb") { true }
        }
        let left = try Files.listAll(folder)
        #expect(left == [".", ".."])
      }
    }

    @Test("No file holds a byte of a customer that was forgotten")
    func forgetting() throws {
      try saved { path, workspace in
        var store = workspace.store
        let forgotten = store.forget(customer: 299, namedIn: ["customer"], Execution())
        let removal = try #require(forgotten)
        #expect(removal.rows.map(\.table) == ["customers", "orders"])
        #expect(removal.rows.map(\.count) == [1, 2])
        try workspace.commit(store, settings: [:])
        #expect(try workspace.scrub())
        workspace.endWriting()
        for file in try files(path).map({ path + "/data/" + $0 }) + [path + "/catalog.sqlite"] {
          let bytes = try Data(contentsOf: URL(filePath: file))
          #expect(bytes.range(of: Data("customer300@".utf8)) == nil)
        }
        let opened = try Workspace(opening: path).store
        #expect(opened.contents == store.contents)
        #expect(opened.customers?.rowCount == 999)
        #expect(opened.tables[1].parent?.children(of: 299) == 598..<600)
      }
    }
  }

  @Suite("The catalog") struct CatalogTests {
    /// What opening says after the catalog was changed behind its back.
    private func error(after statement: String) throws -> StoreError? {
      var result: StoreError?
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        try Workspace.save(.small(10), settings: [:], as: path).endWriting()
        try Database(path + "/catalog.sqlite", .write).run(statement)
        do { _ = try Workspace(opening: path) } catch { result = error as? StoreError }
      }
      return result
    }

    @Test(
      "A row that is not what was written is found, and one that is gone",
      arguments: [
        "update segments set name = 'Every fourth' where id = 4",
        "delete from segments where id = 9",
        "update files set digest = 1 where number = 1", "delete from columns where place = 1",
      ])
    func rows(statement: String) throws {
      guard case .damagedCatalog? = try error(after: statement) else {
        Issue.record("not found")
        return
      }
    }

    @Test("Another version is told apart from damage")
    func version() throws {
      let newer = try error(after: "update meta set value = 7 where name = 'version'")
      #expect(newer?.message.contains("newer") == true)
      let older = try error(after: "update meta set value = 0 where name = 'version'")
      #expect(older?.message.contains("older") == true)
    }
  }
}

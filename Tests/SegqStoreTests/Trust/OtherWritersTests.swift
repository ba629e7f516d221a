import Foundation
import SegqEngine
import SegqRecords
import SegqSystem
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("Others at the same workspace") struct OtherWritersTests {
    private func saved(_ body: (_ path: String, Workspace) throws -> Void) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        try body(path, try Workspace.save(.small(), settings: [:], as: path))
      }
    }

    private func renamed(_ store: Store, _ name: String) -> Store {
      var store = store
      store.segments[0].name = name
      return store
    }

    /// With members that lie in a new file.
    private func refreshed(_ store: Store, _ rows: [Int32]) -> Store {
      var store = store
      store.segments[0].setMembers(RowSet(ascending: rows, rowCount: 1000))
      return store
    }

    @Test("Who lost the lock changes nothing, and what the other wrote stands")
    func lostLock() throws {
      try saved { path, first in
        try FileManager.default.removeItem(atPath: path + "/lock")
        let second = try Workspace(opening: path)
        _ = try second.beginWriting(patience: 0)
        try second.commit(refreshed(second.store, [5, 6]), settings: [:])
        #expect(throws: StoreError.lostLock(path)) {
          try first.commit(refreshed(first.store, [1, 2, 3]), settings: [:])
        }
        try second.commit(renamed(second.store, "Other"), settings: [:])
        second.endWriting()
        let opened = try Workspace(opening: path)
        #expect(opened.store.segments[0].members?.rows == [5, 6])
        #expect(opened.store.segments[0].name == "Other")
        let check = try WorkspaceCheck(path) { false }
        #expect(check.findings == [] && check.abandonedCount == 0)
        // Whoever was refused sees what there is now, and may go on.
        #expect(try first.beginWriting())
        try first.commit(renamed(first.store, "First"), settings: [:])
      }
    }

    @Test("A version of another is met in the transaction, where no lock shows it")
    func version() throws {
      try saved { path, first in
        let other = try Workspace(opening: path)
        // As if both had the lock.
        let database = try Database(path + "/catalog.sqlite", .write)
        var next = other.image
        next.setMeta("changes", 2)
        next.seal()
        try next.write(over: other.image, database)
        #expect(throws: StoreError.lostLock(path)) {
          try first.commit(refreshed(first.store, [1, 2, 3]), settings: [:])
        }
        #expect(try Workspace(opening: path).image == next)
      }
    }

    @Test("A file that another wrote under the same number is not written over")
    func sameNumber() throws {
      try saved { path, first in
        let folder = WorkspaceFolder(path: path)
        let next = try #require(first.image.meta("next_file"))
        try Data("another's".utf8).write(to: URL(filePath: folder.file(Int(next))))
        #expect(throws: StoreError.self) {
          try first.commit(refreshed(first.store, [1, 2, 3]), settings: [:])
        }
        #expect(try Files.read(folder.file(Int(next))) == Array("another's".utf8))
      }
    }

    enum Fate: CaseIterable {
      case removed, moved, replaced, otherCatalog, otherData
    }

    @Test(
      "Of a folder that was removed or replaced nothing is acknowledged", arguments: Fate.allCases)
    func replaced(fate: Fate) throws {
      try saved { path, workspace in
        let (files, other) = (FileManager.default, path + ".other")
        try Workspace.save(.small(10), settings: [:], as: other).endWriting()
        let reader = try Workspace(opening: path)
        switch fate {
        case .removed: try files.removeItem(atPath: path)
        case .moved: try files.moveItem(atPath: path, toPath: path + ".away")
        case .replaced:
          try files.removeItem(atPath: path)
          try files.moveItem(atPath: other, toPath: path)
        case .otherCatalog:
          try Files.rename(other + "/catalog.sqlite", to: path + "/catalog.sqlite")
        case .otherData:
          try files.removeItem(atPath: path + "/data")
          try files.copyItem(atPath: other + "/data", toPath: path + "/data")
        }
        #expect(throws: StoreError.replaced(path)) {
          try workspace.commit(renamed(workspace.store, "Lost"), settings: [:])
        }
        #expect(!workspace.isWriting && workspace.store.segments[0].name == "Every third")
        switch fate {
        case .removed, .moved:
          #expect(throws: StoreError.replaced(path)) { try reader.beginWriting() }
        case .replaced:
          // What is there now is seen, and is changed then.
          #expect(try reader.beginWriting())
          #expect(reader.store.contents == Store.small(10).contents)
        case .otherCatalog, .otherData:
          #expect(throws: StoreError.self) { try reader.beginWriting() }
        }
      }
    }

    @Test("Growth is not read from another workspace of the same name")
    func growth() throws {
      try saved { path, workspace in
        var store = workspace.store
        store.segments[0].growth.added = [Growth.Step(when: 1, customers: 3, change: .first)]
        try workspace.commit(store, settings: [:])
        workspace.endWriting()
        let reader = try Workspace(opening: path)
        try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
        try FileManager.default.copyItem(atPath: path + ".away", toPath: path)
        #expect(throws: GrowthError.self) { try reader.store.segments[0].growth.kept?.steps() }
      }
    }
  }
}

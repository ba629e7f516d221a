import Foundation
import SegqEngine
import SegqRecords
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("The changes that undo takes back")
  struct JournalTests {
    /// Changes the segments of a store, as a statement of these words does.
    private func change(
      _ store: inout Store, _ words: String, _ body: (inout [Segment]) -> Void
    ) throws {
      let before = store.segments
      body(&store.segments)
      store.journal.append(
        try DefinitionChange(
          words: words, from: before, to: store.segments, of: store.customers))
    }

    /// What is asked of a store that was changed and undone.
    private func definitions(_ store: Store) -> [String] {
      store.segments.map {
        "\($0.id) \($0.name) \($0.rule ?? "-") \($0.websites) \($0.staleness ?? "-") "
          + "\($0.members?.rows ?? [])"
      }
    }

    @Test("They are there when the workspace is opened again, and are undone one after the other")
    func reopening() throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        let start = Store.small()
        let workspace = try Workspace.save(start, settings: [:], as: path)
        var store = workspace.store
        var states = [definitions(store)]
        try change(&store, "drop segment 4") { $0.removeFirst() }
        try workspace.commit(store, settings: [:])
        store = workspace.store
        states.append(definitions(store))
        try change(&store, "alter") { $0[0].rule = "country = FR" }
        try change(&store, "create") {
          $0.append(Segment(id: 10, name: "New", isActive: true, websites: []))
        }
        try workspace.commit(store, settings: [:])
        workspace.endWriting()
        for words in ["create", "alter", "drop segment 4"] {
          let opened = try Workspace(opening: path)
          _ = try opened.beginWriting()
          var store = opened.store
          #expect(try store.undo()?.words == words)
          if words != "create" { #expect(definitions(store) == states.removeLast()) }
          try opened.commit(store, settings: [:])
          opened.endWriting()
        }
        let opened = try Workspace(opening: path)
        var last = opened.store
        #expect(try last.undo() == nil)
        #expect(try WorkspaceCheck(path, isInterrupted: { false }).findings.isEmpty)
        let (growth, before) = (try opened.store.segments[0].steps(), try start.segments[0].steps())
        #expect(growth == before)
      }
    }

    @Test("The last fifty are kept, also where they come one by one", arguments: [true, false])
    func fifty(isOneByOne: Bool) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        let workspace = try Workspace.save(Store.small(20), settings: [:], as: path)
        var store = workspace.store
        for number in 1...60 {
          try change(&store, "\(number)") { $0[0].name = "N\(number)" }
          guard isOneByOne || number == 60 else { continue }
          try workspace.commit(store, settings: [:])
          store = workspace.store
        }
        var words: [String] = []
        while let change = try store.undo() { words.append(change.words) }
        #expect(words == (11...60).reversed().map(String.init))
        #expect(store.segments[0].name == "N10")
        let rows = try Database(path + "/catalog.sqlite", .read).rows("select * from changes")
        #expect(rows.count == 50)
      }
    }

    @Test("A workspace without the tables gets them with the first change")
    func olderWorkspace() throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        let workspace = try Workspace.save(Store.small(20), settings: [:], as: path)
        for table in CatalogTable.journal {
          try Database(path + "/catalog.sqlite", .write).run("drop table \(table.rawValue)")
        }
        var store = try Workspace(opening: path).store
        #expect(try store.undo() == nil)
        #expect(try WorkspaceCheck(path, isInterrupted: { false }).findings.isEmpty)
        store = workspace.store
        try change(&store, "drop") { $0.removeFirst() }
        try workspace.commit(store, settings: [:])
        var opened = try Workspace(opening: path).store
        #expect(try opened.undo()?.words == "drop")
        #expect(opened.segments[0].memberCount == Store.small(20).segments[0].memberCount)
      }
    }

    @Test("A copy of a workspace has them too")
    func copying() throws {
      try withFolder { folder in
        let workspace = try Workspace.save(
          Store.small(20), settings: [:], as: folder + "/shop.segdb")
        var store = workspace.store
        try change(&store, "drop") { $0.removeFirst() }
        try workspace.commit(store, settings: [:])
        let copy = try Workspace.save(workspace.store, settings: [:], as: folder + "/copy.segdb")
        var copied = copy.store
        #expect(try copied.undo()?.words == "drop")
        #expect(copied.segments.count == 2)
      }
    }

    @Test("Who forgets a customer keeps nothing of them here")
    func forgetting() throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        let workspace = try Workspace.save(Store.small(20), settings: [:], as: path)
        var store = workspace.store
        try change(&store, "drop") { $0.removeFirst() }
        try workspace.commit(store, settings: [:])
        store = workspace.store
        _ = store.forget(customer: 0, namedIn: ["customer"], Execution())
        try workspace.commit(store, settings: [:], forgetting: 1)
        for table in CatalogTable.journal {
          let rows = try Database(path + "/catalog.sqlite", .read).rows(
            "select * from \(table.rawValue)")
          #expect(rows.isEmpty)
        }
        var opened = try Workspace(opening: path).store
        #expect(try opened.undo() == nil)
      }
    }

    @Test(
      "A segment that comes back after data was loaded is stale, and has who is still a customer")
    func loading() throws {
      var store = Store.small(20)
      let members = try #require(store.segments[0].memberCount)
      try change(&store, "drop") { $0.removeFirst() }
      store.put(try #require(Store.small(7).customers))
      store.journal.noteLoading()
      _ = try store.undo()
      #expect(store.segments[0].memberCount == 3 && members == 7)
      #expect(store.segments[0].staleness == "data was loaded after it was dropped")
    }

    @Test(
      "A row that is not what was written is found, and one that is gone",
      arguments: [
        "update past set name = 'Other'", "delete from changes", "update past set ids = x'0000'",
        "update changes set words = 'nothing'",
      ])
    func damage(statement: String) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        let workspace = try Workspace.save(Store.small(20), settings: [:], as: path)
        var store = workspace.store
        try change(&store, "drop") { $0.removeFirst() }
        try workspace.commit(store, settings: [:])
        workspace.endWriting()
        try Database(path + "/catalog.sqlite", .write).run(statement)
        var opened = try Workspace(opening: path).store
        #expect(throws: GrowthError.self) { try opened.undo() }
        #expect(try !WorkspaceCheck(path, isInterrupted: { false }).findings.isEmpty)
      }
    }
  }
}

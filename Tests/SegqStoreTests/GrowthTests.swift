import Foundation
import SegqEngine
import SegqRecords
import Testing

@testable import SegqStore

extension StoreTests {
  /// Against full copies of who was in at each moment.
  @Suite("What is kept of growth tells who was in, who joined and who left") struct GrowthTests {
    private struct Twin {
      var store = Store()
      var workspace: Workspace?
      /// Who is a customer, and who was in at each moment.
      var customers: Set<Int64>
      var copies: [(when: Int64, members: Set<Int64>)] = []
      var random: Generator

      init(seed: UInt64) {
        random = Generator(state: seed)
        customers = Set(1...300)
        store.put(Self.table(customers))
        store.segments = [Segment(id: 3, name: "A", isActive: true, websites: [])]
      }

      static func table(_ ids: Set<Int64>) -> Table {
        let field = Field(name: "id", header: "ID", type: .integer)
        var builder = TableBuilder(
          name: "customers", columns: [LoadedColumn(field, .integers(ids.sorted()))])
        builder.idColumn = 0
        return builder.build()
      }

      var table: Table { store.customers ?? Self.table([]) }

      func rows(_ ids: Set<Int64>) -> RowSet {
        RowSet(
          ascending: ids.compactMap { table.index?.row(of: $0).map { Int32($0) } }.sorted(),
          rowCount: table.rowCount)
      }

      func ids(_ rows: RowSet) -> Set<Int64> {
        Set(rows.rows.compactMap { table.identity(Int($0)) })
      }

      mutating func refresh(at now: Int64) {
        var members: Set<Int64> = copies.last?.members ?? customers.filter { $0 % 3 == 0 }
        for id in customers where random.next() % 20 == 0 {
          if members.remove(id) == nil { members.insert(id) }
        }
        members.formIntersection(customers)
        store.segments[0].refresh(to: rows(members), at: now, of: table)
        copies.append((now, members))
      }

      /// Some customers are there no longer, others come back.
      mutating func reload(at now: Int64) {
        let old = store.customers
        customers = Set((Int64(1)...300).filter { _ in random.next() % 10 > 0 })
        store.put(Self.table(customers))
        let isMoved = store.moveMembers(from: old, at: now, Execution())
        #expect(isMoved)
        if let last = copies.last { copies.append((now, last.members.intersection(customers))) }
      }

      mutating func forget() throws {
        guard let id = customers.sorted().first(where: { _ in random.next() % 50 == 0 }),
          let row = table.index?.row(of: id)
        else { return }
        let forgotten = store.forget(customer: row, namedIn: ["customer"], Execution())
        #expect(forgotten != nil)
        customers.remove(id)
        for i in copies.indices { copies[i].members.remove(id) }
        try keep(forgetting: id)
      }

      mutating func keep(forgetting id: Int64? = nil) throws {
        guard let workspace else { return }
        try workspace.commit(store, settings: [:], forgetting: id)
        store.segments[0].growth = workspace.store.segments[0].growth
        guard random.next() % 2 == 0 else { return }
        workspace.endWriting()
        let opened = try Workspace(opening: workspace.path)
        _ = try opened.beginWriting()
        (self.workspace, store) = (opened, opened.store)
      }

      func check() throws {
        let now = try #require(store.segments[0].members)
        let steps = try store.segments[0].steps()
        #expect(ids(now) == copies.last?.members)
        for (i, copy) in copies.enumerated() {
          let was = try #require(steps.members(at: copy.when, now: now, of: table))
          let known = copies.last { $0.when == copy.when }?.members ?? []
          #expect(ids(was.rows) == known.intersection(customers))
          #expect(was.gone == known.subtracting(customers))
          let before = try #require(
            steps.members(at: copy.when, isBefore: true, now: now, of: table))
          let earlier = (i == 0 ? copy : copies[i - 1]).members
          #expect(ids(before.rows) == earlier.intersection(customers))
          #expect(before.gone == earlier.subtracting(customers))
          if i == 0 { #expect(steps.members(at: copy.when - 1, now: now, of: table) == nil) }
        }
        for id in customers.sorted().prefix(40) {
          let isIn = copies.map { $0.members.contains(id) }
          let last = isIn.indices.dropFirst().last { isIn[$0] != isIn[$0 - 1] }
          #expect(steps.lastChange(of: id)?.when == last.map { copies[$0].when })
        }
        for (step, copy) in zip(
          steps,
          copies.filter { copy in
            steps.contains { $0.when == copy.when }
          })
        { #expect(step.customers == copy.members.count && step.when == copy.when) }
      }
    }

    private struct Generator: RandomNumberGenerator {
      var state: UInt64
      mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
      }
    }

    @Test("At random", arguments: 1...3, [false, true])
    func random(seed: UInt64, isKept: Bool) throws {
      try withFolder { folder in
        var twin = Twin(seed: seed)
        twin.refresh(at: 1000)
        if isKept {
          let path = folder + "/shop.segdb"
          twin.workspace = try Workspace.save(twin.store, settings: [:], as: path)
        }
        for i in 1...32 {
          let now = Int64(1000 + i * 10)
          switch twin.random.next() % 5 {
          case 0: twin.reload(at: now)
          case 1: try twin.forget()
          default: twin.refresh(at: now)
          }
          try twin.keep()
          if i % 8 == 0 { try twin.check() }
        }
        if isKept, let workspace = twin.workspace {
          let check = try WorkspaceCheck(workspace.path) { false }
          #expect(check.findings.isEmpty)
        }
      }
    }

    private func withSteps(_ body: (String, Workspace, Twin) throws -> Void) throws {
      try withFolder { folder in
        var twin = Twin(seed: 1)
        twin.refresh(at: 1000)
        let path = folder + "/shop.segdb"
        twin.workspace = try Workspace.save(twin.store, settings: [:], as: path)
        for i in 1...5 {
          twin.refresh(at: Int64(1000 + i))
          try twin.keep()
        }
        try body(path, try #require(twin.workspace), twin)
      }
    }

    @Test("A step is added without the others being written")
    func adding() throws {
      try withSteps { path, workspace, twin in
        var twin = twin
        let database = try Database(path + "/catalog.sqlite", .write)
        try database.run(
          "create trigger t before delete on steps begin select raise(abort, 'no'); end")
        try database.run(
          "create trigger u before insert on steps when new.place < 6 begin "
            + "select raise(abort, 'no'); end")
        twin.refresh(at: 1006)
        try workspace.commit(twin.store, settings: [:])
        #expect(try Workspace(opening: path).store.segments[0].steps().count == 7)
      }
    }

    @Test("Who reads sees the steps that were there when it was opened")
    func reading() throws {
      try withSteps { path, workspace, twin in
        let reader = try Workspace(opening: path)
        var twin = twin
        twin.refresh(at: 1006)
        try workspace.commit(twin.store, settings: [:])
        #expect(try reader.store.segments[0].steps().count == 6)
      }
    }

    @Test("A copy has them too, and a segment that is gone leaves none")
    func copying() throws {
      try withSteps { path, workspace, twin in
        let copy = try Workspace.save(workspace.store, settings: [:], as: path + "2")
        #expect(try copy.store.segments[0].steps() == twin.store.segments[0].steps())
        #expect((copy.store.segments[0].growth.kept as? WorkspaceSteps)?.folder.path == path + "2")
        var store = workspace.store
        store.segments = []
        try workspace.commit(store, settings: [:])
        let rows = try Database(path + "/catalog.sqlite", .read).rows("select * from steps")
        #expect(rows.isEmpty)
      }
    }

    @Test(
      "A step that is not what was written is found, and one that is gone",
      arguments: [
        "update steps set joins = x'00' where place = 2", "delete from steps where place = 1",
        "update steps set at = 7 where place = 0", "update growth set steps = 5",
      ])
    func damage(statement: String) throws {
      try withSteps { path, workspace, _ in
        workspace.endWriting()
        try Database(path + "/catalog.sqlite", .write).run(statement)
        #expect(throws: (any Error).self) { try Workspace(opening: path).store.segments[0].steps() }
        let findings = try? WorkspaceCheck(path) { false }.findings
        #expect(findings?.isEmpty != true)
      }
    }

    @Test("Of a forgotten customer no byte is left in the steps")
    func forgetting() throws {
      try withFolder { folder in
        let id: Int64 = 0x1122_3344_5566_7788
        let bytes = Data((0..<8).map { UInt8(truncatingIfNeeded: id >> ($0 * 8)) })
        var twin = Twin(seed: 1)
        twin.customers.insert(id)
        twin.store.put(Twin.table(twin.customers))
        twin.store.segments[0].refresh(to: twin.rows([1]), at: 1, of: twin.table)
        twin.store.segments[0].refresh(to: twin.rows([1, id]), at: 2, of: twin.table)
        let path = folder + "/shop.segdb"
        let workspace = try Workspace.save(twin.store, settings: [:], as: path)
        func isThere() throws -> Bool {
          try paths(in: path).contains { try Data(contentsOf: $0).range(of: bytes) != nil }
        }
        #expect(try workspace.scrub())
        #expect(try isThere())
        let row = try #require(twin.table.index?.row(of: id))
        var store = workspace.store
        let forgotten = store.forget(customer: row, namedIn: ["customer"], Execution())
        #expect(forgotten?.segments == [3])
        try workspace.commit(store, settings: [:], forgetting: id)
        #expect(try workspace.scrub())
        #expect(try !isThere())
        #expect(try workspace.store.segments[0].steps().map(\.customers) == [1, 1])
      }
    }

    private func paths(in path: String) throws -> [URL] {
      try FileManager.default.subpathsOfDirectory(atPath: path).map {
        URL(filePath: path + "/" + $0)
      }
      .filter { !$0.hasDirectoryPath && $0.lastPathComponent != "data" }
    }
  }
}

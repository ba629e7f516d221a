import Foundation
import SegqEngine
import SegqRecords
import SegqSystem
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("A workspace that grows") struct AppendingTests {
    private static let count = 70_000

    /// The store with three orders more, as `load … append` makes it.
    private func grown(_ store: Store) throws -> Store {
      let orders = try #require(store.table(named: "orders"))
      var rows = TableBuilder(
        name: "orders",
        columns: zip(
          ["id", "customer", "total"],
          [[900_001, 900_002, 900_003], [7, 69_999, -4], [5, 6, -1]]
        )
        .map { name, numbers in
          LoadedColumn(
            Field(name: name, header: name, type: .integer),
            .integers(numbers.map { Int64($0) }))
        })
      var builder = TableBuilder(rebuilding: orders)
      try builder.append(&rows, at: [0, 1, 2], in: .utc, Execution())
      #expect(builder.insertion != nil)
      var store = store
      let isReplaced = store.replace(builder.build(), Execution(), by: builder.insertion)
      #expect(isReplaced)
      return store
    }

    /// Every value of its orders, and whose they are.
    private func orders(_ store: Store) throws -> [[Int64]] {
      let orders = try #require(store.table(named: "orders"))
      let link = try #require(orders.parent)
      return orders.columns.map { $0.values.numbers?.numbers ?? [] }
        + [(0..<link.table.rowCount).map { Int64(link.children(of: $0).count) }]
    }

    @Test(
      "What is copied from its files is what memory holds, and other tables stay where they are")
    func appending() throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        let small = Store.small(Self.count)
        try Workspace.save(small, settings: [:], as: path).endWriting()
        let before = try Set(Files.list(path + "/data"))
        let workspace = try Workspace(opening: path)
        _ = try workspace.beginWriting()
        try workspace.commit(try grown(workspace.store), settings: [:])
        // The three columns of the orders, and how they hang on the customers.
        #expect(try Set(Files.list(path + "/data")).subtracting(before).count == 4)
        let expected = try orders(try grown(small))
        #expect(expected[0].count == 2 * Self.count + 3)
        #expect(expected[0].suffix(1) == [900_003])
        #expect(expected[3][6] == 3)
        #expect(try orders(Workspace(opening: path).store) == expected)
      }
    }

    @Test(
      "Nothing is kept of what was copied from a damaged file", arguments: [400, 30_000, -3_000])
    func damaged(offset: Int) throws {
      try withFolder { folder in
        let path = folder + "/shop.segdb"
        try Workspace.save(.small(Self.count), settings: [:], as: path).endWriting()
        let image = try CatalogImage(reading: WorkspaceFolder(path: path))
        let file = try #require(image.files.first { $0.holds == "orders.total" })
        try flip(WorkspaceFolder(path: path).file(file.number), at: offset)
        let workspace = try Workspace(opening: path)
        _ = try workspace.beginWriting()
        let store = try grown(workspace.store)
        #expect(Damage.isFound)
        let files = try Set(Files.list(path + "/data"))
        #expect(throws: StoreError.self) { try workspace.commit(store, settings: [:]) }
        #expect(try Set(Files.list(path + "/data")) == files)
        Damage.forget()
      }
    }
  }
}

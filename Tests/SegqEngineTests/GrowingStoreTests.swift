import SegqRecords
import Testing

@testable import SegqEngine

/// Customers, orders and items that come bit by bit, in any order.
@Suite("A store that grows")
struct GrowingStoreTests {
  /// The rows of a table as they were read.
  private struct Rows {
    var ids: [Int64] = []
    var keys: [Int64?] = []
    var texts: [String?] = []

    mutating func add(_ id: Int64, _ key: Int64?, _ text: String?) {
      ids.append(id)
      keys.append(key)
      texts.append(text)
    }

    /// Items have no ids.
    func builder(_ name: String, on parent: Table?) -> TableBuilder {
      let vectors = [
        ColumnVector.numbers(ids), .numbers(keys, .integer), .texts(texts),
      ]
      var builder = TableBuilder(
        name: name,
        columns: zip(["id", "key", "text"], vectors).map {
          LoadedColumn(Field(name: $0, header: $0, type: $1.type), $1)
        })
      builder.idColumn = name == "items" ? nil : 0
      builder.parent = parent.map { ($0, LinkKey(id: 1)) }
      return builder
    }
  }

  private static let names = ["customers", "orders", "items"]

  private static func parent(of name: String, in store: Store) -> Table? {
    names.firstIndex(of: name).flatMap { $0 == 0 ? nil : store.table(named: names[$0 - 1]) }
  }

  private static func store(_ rows: [String: Rows]) -> Store {
    var store = Store()
    for name in names {
      var builder = (rows[name] ?? Rows()).builder(name, on: parent(of: name, in: store))
      store.put(builder.build())
    }
    return store
  }

  /// Rows with ids that come between others, and keys of which some name nobody, or nobody yet.
  private static func rows(
    _ count: Int, _ name: String, _ ids: inout Set<Int64>, _ dice: inout Dice
  )
    -> Rows
  {
    var rows = Rows()
    while rows.ids.count < count {
      let id = Int64(dice.roll(4000))
      guard ids.insert(id).inserted else { continue }
      let key: Int64? =
        name == "customers" || dice.roll(9) == 0 ? nil : Int64(dice.roll(4000))
      rows.add(id, key, dice.roll(6) == 0 ? nil : "\(dice.roll(3 + ids.count / 100))")
    }
    return rows
  }

  @Test("It is the store that is made of all rows at once", arguments: 1...6)
  func growing(seed: Int) throws {
    var dice = Dice(UInt64(seed))
    var ids = Self.names.reduce(into: [:]) { $0[$1] = Set<Int64>() }
    var all: [String: Rows] = [:]
    for (name, count) in zip(Self.names, [900, 1500, 1500]) {
      all[name] = Self.rows(count, name, &ids[name, default: []], &dice)
    }
    var store = Self.store(all)
    var (kept, members) = (0, Set<Int64>())
    store.segments = [Segment(id: 1, name: "Some", isActive: true, websites: [])]
    let customers = try #require(store.customers)
    store.segments[0].setMembers(
      RowSet(ascending: (0..<900).filter { $0 % 7 == seed }.map { Int32($0) }, rowCount: 900))
    for row in store.segments[0].members?.rows ?? [] {
      members.insert(try #require(customers.identity(Int(row))))
    }
    for _ in 0..<8 {
      let name = Self.names[dice.roll(3)]
      let new = Self.rows(1 + dice.roll(60), name, &ids[name, default: []], &dice)
      let old = try #require(store.table(named: name))
      let before = store.customers
      var builder = TableBuilder(rebuilding: old)
      if name != "items" { builder.idColumn = 0 }
      builder.fewestKept = 0
      var rows = new.builder(name, on: Self.parent(of: name, in: store))
      try builder.append(&rows, at: [0, 1, 2], in: .utc, .twoThreads)
      kept += builder.insertion == nil ? 0 : 1
      let built = builder.build(.twoThreads)
      let table = try #require(built)
      let isReplaced = store.replace(table, .twoThreads, by: builder.insertion)
      #expect(isReplaced)
      if name == "customers" {
        let isMoved = store.moveMembers(from: before, by: builder.insertion, at: 0, .twoThreads)
        #expect(isMoved)
      }
      for place in new.ids.indices {
        all[name]?.add(new.ids[place], new.keys[place], new.texts[place])
      }
      let expected = Self.store(all)
      for name in Self.names {
        let (one, other) = (store.table(named: name), expected.table(named: name))
        InsertionTests.expectSame(try #require(one), try #require(other))
        if name != "customers" {
          #expect(one?.parent?.table === Self.parent(of: name, in: store))
        }
      }
      let found = store.segments[0].members?.rows ?? []
      #expect(store.segments[0].members?.rowCount == store.customers?.rowCount)
      #expect(Set(found.compactMap { store.customers?.identity(Int($0)) }) == members)
    }
    #expect(kept == 8)
  }

  @Test("What hangs on rows that stay where they are is not made anew")
  func kept() throws {
    var dice = Dice(3)
    var all: [String: Rows] = [:]
    for name in Self.names {
      var ids: Set<Int64> = []
      all[name] = Self.rows(500, name, &ids, &dice)
    }
    var store = Self.store(all)
    let items = try #require(store.table(named: "items"))
    var builder = TableBuilder(rebuilding: try #require(store.customers))
    builder.fewestKept = 0
    var new = Rows()
    new.add(9000, nil, nil)
    var rows = new.builder("customers", on: nil)
    try builder.append(&rows, at: [0, 1, 2], in: .utc, Execution())
    let isReplaced = store.replace(builder.build(), Execution(), by: builder.insertion)
    #expect(isReplaced)
    let now = try #require(store.table(named: "items"))
    #expect(now.parent?.table === store.table(named: "orders"))
    #expect(now.parent?.table.parent?.table === store.customers)
    #expect(now.parent?.offsets.place == items.parent?.offsets.place)
    #expect(
      zip(now.columns, items.columns).allSatisfy {
        $0.values.numbers?.zones.place == $1.values.numbers?.zones.place
      })
  }

  @Test("Few ids are found without an index, as with one")
  func fewIDs() {
    var dice = Dice(11)
    for isAscending in [true, false] {
      var ids = (0..<140_000).map { Int64($0) * 3 }
      if !isAscending { for place in ids.indices { ids.swapAt(place, dice.roll(ids.count)) } }
      let wanted = [-1, 0, 3, 4, 299_997, 299_997, 419_997, 420_000, 1 << 40] + ids.prefix(60)
      let few = KeyIndex(PackedNumbers(ids, nulls: nil)).rows(of: wanted)
      #expect(few == KeyIndex(ids).rows(of: wanted))
    }
  }
}

extension Memory {
  fileprivate var place: UInt { unsafe UInt(bitPattern: pointer) }
}

import Foundation
import SegqEngine
import SegqRecords
import Testing

@testable import SegqStore

/// Damage is noted for the whole process, so that these tests take turns.
@Suite(.serialized) struct StoreTests {}

/// A folder that is gone when the test is over.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "segq-store-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

extension ColumnVector {
  static func integers(_ numbers: [Int64?]) -> ColumnVector {
    ColumnVector(numbers.map { $0.map { .integer($0) } ?? .null }, type: .integer)
  }

  static func texts(_ texts: [String?]) -> ColumnVector {
    ColumnVector(texts.map { $0.map { .text($0) } ?? .null }, type: .text)
  }
}

extension Store {
  /// Customers 1 to `count`, two orders each, and a segment of every third.
  static func small(_ count: Int = 1000) -> Store {
    func column(_ name: String, _ vector: ColumnVector) -> LoadedColumn {
      LoadedColumn(Field(name: name, header: name, type: vector.type), vector)
    }
    var customers = TableBuilder(
      name: "customers",
      columns: [
        column("id", .integers((1...count).map { Int64($0) })),
        column("email", .texts((1...count).map { "customer\($0)@example.org" })),
        column("country", .texts((1...count).map { $0 % 5 == 0 ? nil : ["DE", "FR"][$0 % 2] })),
        column("points", .integers((1...count).map { $0 % 7 == 0 ? nil : Int64($0) << 40 })),
      ])
    customers.idColumn = 0
    var store = Store()
    store.put(customers.build())
    var orders = TableBuilder(
      name: "orders",
      columns: [
        column("id", .integers((1...2 * count).map { Int64($0) })),
        column("customer", .integers((1...2 * count).map { Int64(($0 + 1) / 2) })),
        column("total", .integers((1...2 * count).map { Int64($0 * 37 % 1001) })),
      ])
    orders.idColumn = 0
    orders.parent = store.customers.map { ($0, LinkKey(id: 1)) }
    store.put(orders.build())
    var segment = Segment(id: 4, name: "Every third", isActive: true, websites: ["Main", "Outlet"])
    segment.rule = "id = 3"
    segment.refreshed = 1_700_000_000
    segment.setMembers(
      RowSet(
        ascending: stride(from: 0, to: count, by: 3).map { Int32($0) }, rowCount: count))
    store.segments = [segment, Segment(id: 9, name: "Unknown", isActive: false, websites: [])]
    return store
  }

  /// Everything in it, as text.
  var contents: [String] {
    tables.flatMap { table in
      table.columns.map { column in
        let values = (0..<table.rowCount).map { "\(column.values[$0])" }.joined(separator: " ")
        let index = column.values.index.map { "\($0.starts.numbers) \($0.rows.numbers)" } ?? ""
        return "\(table.name).\(column.field.name) \(column.isShown) \(values) \(index)"
      } + [
        "\(table.aliases.sorted { $0.key < $1.key }) \(table.shownColumns)",
        table.parent.map { link in
          "\(link.table.name) \((0..<link.table.rowCount).map { link.children(of: $0) })"
        } ?? "no parent",
        "\(table.index?.row(of: 7) ?? -1)",
      ]
    }
      + segments.map {
        "\($0.id) \($0.name) \($0.isActive) \($0.websites) \($0.rule ?? "") \($0.refreshed ?? 0) "
          + "\($0.members?.rows ?? []) \($0.memberCount ?? -1)"
      }
  }
}

/// Changes one byte of a file; −1 is the last.
func flip(_ path: String, at offset: Int) throws {
  var bytes = try Data(contentsOf: URL(filePath: path))
  bytes[offset < 0 ? bytes.count + offset : offset] ^= 4
  try bytes.write(to: URL(filePath: path))
}

extension Memory<UInt32> {
  fileprivate var numbers: [UInt32] { (0..<count).map { span[$0] } }
}

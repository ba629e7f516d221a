/// A made-up store: the five CSV files that `segq demo DIR` writes.
///
///     try DemoStore(customers: 1000, seed: 7).write { file, block in
///       try folder.append(block, to: file)  // customers.csv, orders.csv, items.csv, …
///     }
///
/// The same bytes for the same `customers` and `seed`, on every machine: whole numbers only, and
/// no clock. The history runs from 2021-01-01 to 2026-10-31; members were found at 21:00 on its
/// last day, so they agree with their rules, but for two segments which were last refreshed on
/// 2026-08-31: people who have since become *Repeat buyers* are missing there, and *Lapsed since
/// 2025* still holds those who have since come back. *Average order over 150* has a rule and was
/// never refreshed; *Press & friends (by hand)* has members and no rule.
///
/// Members stand by customer, not by segment. A few orders are of guests, without a customer.
public struct DemoStore: Sendable {
  private let customers: Int
  private let seed: UInt64

  /// A store of so many customers; none where the number is below 1.
  public init(customers: Int, seed: UInt64) {
    self.customers = max(0, customers)
    self.seed = seed
  }

  /// Calls `sink` with the next bytes of a file, 128 KiB or a row more at a time, the last block
  /// of a file less; the files take turns. A few megabytes are in memory, whatever the size.
  public func write<E: Error>(
    _ sink: (_ file: String, _ block: [UInt8]) throws(E) -> Void
  ) throws(E) {
    var writer = DemoWriter(customers: customers, seed: seed)
    writer.writeSegments()
    for index in 0..<customers { try writer.writeCustomer(index, sink) }
    try writer.finish(sink)
  }
}

import SegqRecords

/// Which columns a table draws, and how wide.
///
/// Where a table is wider than its terminal, first the widest text columns give way, down to
/// ``leastText`` each; then headers that are wider than their values; then whole columns, from the
/// right, which are named below the table. Numbers, dates and truth values are never cut.
struct TableLayout {
  /// Text is not cut to less.
  static let leastText = 8
  /// A header is not cut to less.
  static let leastHeader = 4

  /// The width of each column drawn.
  private(set) var widths: [Int]

  init(_ columns: [TableColumn], terminalWidth: Int?) {
    widths = columns.map(\.width)
    guard let terminalWidth else { return }
    while !fit(columns.prefix(widths.count), into: terminalWidth), widths.count > 1 {
      widths.removeLast()
    }
  }

  /// Of the whole table.
  var totalWidth: Int { Self.total(widths) }

  /// A table's width: a blank on both sides of a column, and lines between.
  private static func total(_ widths: [Int]) -> Int { widths.reduce(0) { $0 + $1 + 3 } - 1 }

  private mutating func fit(_ columns: ArraySlice<TableColumn>, into room: Int) -> Bool {
    widths = columns.map(\.width)
    if Self.total(widths) <= room { return true }
    let floors = columns.map { column in
      column.type == .text ? min(column.width, Self.leastText) : column.width
    }
    if shrink(to: floors, room) { return true }
    return shrink(to: columns.map(Self.least), room)
  }

  private static func least(_ column: TableColumn) -> Int {
    if column.type == .text { return min(column.width, leastText) }
    return max(column.contentWidth, min(column.headerWidth, leastHeader))
  }

  /// Lowers the widest columns to one height, none below its floor, until the table fits.
  private mutating func shrink(to floors: [Int], _ room: Int) -> Bool {
    let natural = widths
    let capped = { (cap: Int) in zip(natural, floors).map { max(min($0, cap), $1) } }
    guard Self.total(floors) <= room else {
      widths = floors
      return false
    }
    var low = 0
    var high = natural.max() ?? 0
    while low + 1 < high {
      let middle = (low + high) / 2
      if Self.total(capped(middle)) <= room { low = middle } else { high = middle }
    }
    widths = capped(low)
    useRest(of: room, natural, floors, cap: low)
    return true
  }

  /// One height for all leaves up to a column's worth of blanks: the first columns get them.
  private mutating func useRest(of room: Int, _ natural: [Int], _ floors: [Int], cap: Int) {
    var rest = room - Self.total(widths)
    for i in widths.indices where rest > 0 && widths[i] == cap && widths[i] < natural[i] {
      widths[i] += 1
      rest -= 1
    }
  }
}

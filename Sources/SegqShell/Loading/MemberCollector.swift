import SegqEngine
import SegqFormats
import SegqRecords
import Synchronization

/// Who is in which segment, as the file of members is read.
final class MemberCollector: RowConsumer {
  /// Where a file of members has what.
  struct Columns {
    let segment: Int
    let customer: Int
    let added: Int?
  }

  /// Who is in a segment, when each was added, and when the last of them.
  typealias Members = (members: RowSet, added: [(when: Int64, ids: IDSet)], latest: Int64?)

  private struct State {
    /// The bitmap of each segment; none before its first row.
    var words: [[UInt64]]
    var days: [AddedDays]
    var dayNumbers = DayNumbers()
    var latestDay: [Int64]
    var latestSecond: [Int64]
    var rejected = RejectedRows()

    init(segments: Int) {
      words = Array(repeating: [], count: segments)
      days = Array(repeating: AddedDays(), count: segments)
      latestDay = Array(repeating: .min, count: segments)
      latestSecond = latestDay
    }
  }

  private let columns: Columns
  private let segments: KeyIndex
  private let segmentCount: Int
  private let customers: Table
  private let zone: TimeZone
  private let state: Mutex<State>

  init(_ columns: Columns, _ segments: [Segment], _ customers: Table, _ zone: TimeZone) {
    self.columns = columns
    self.zone = zone
    self.segments = KeyIndex(segments.map { Int64($0.id) })
    segmentCount = segments.count
    self.customers = customers
    state = Mutex(State(segments: segments.count))
  }

  /// Who is in a segment by either of two files.
  static func joined(_ a: Members?, _ b: Members?, _ customers: Table) -> Members? {
    guard let a, let b else { return a ?? b }
    return (
      RowSet.union([a.members, b.members], rowCount: customers.rowCount),
      (a.added + b.added).sorted { $0.when < $1.when },
      [a.latest, b.latest].compactMap(\.self).max()
    )
  }

  var rejected: RejectedRows { state.withLock { $0.rejected } }

  func startOver() { state.withLock { $0 = State(segments: segmentCount) } }

  func take(_ rows: ReadRows) {
    let places = rows.places(columns.segment, in: segments)
    let owners = rows.places(columns.customer, in: customers.index)
    guard places.count == rows.count, owners.count == rows.count else { return }
    let days = columns.added.map { rows.days($0, in: zone) }
    state.withLock { state in
      for row in places.indices {
        if places[row] >= 0, owners[row] >= 0 {
          let place = Int(places[row])
          if let days {
            let number = state.dayNumbers.number(of: days[row])
            state.days[place].add(owners[row], onDay: number, besides: state.words[place])
          }
          add(Int(owners[row]), to: &state.words[place])
        } else {
          let isSegment = places[row] < 0
          let column = isSegment ? columns.segment : columns.customer
          state.rejected.add(
            line: rows.line(ofRow: row),
            "there is no \(isSegment ? "segment" : "customer") '\(rows.text(row, column))'")
        }
      }
      guard let added = columns.added else { return }
      if rows.areDays(added) {
        rows.findLatest(added, places, owners, in: &state.latestDay)
      } else {
        rows.findLatest(added, places, owners, in: &state.latestSecond)
      }
    }
  }

  @inline(__always)
  private func add(_ customer: Int, to words: inout [UInt64]) {
    if words.isEmpty { words = Array(repeating: 0, count: (customers.rowCount + 63) >> 6) }
    words[customer >> 6] |= 1 << UInt64(customer & 63)
  }

  /// The members of each segment that has rows; `kind` is what the times of the whole file are, if it
  /// has any.
  func members(_ kind: DataType?) -> [Members?] {
    state.withLock { state in
      (0..<segmentCount).map { place in
        var words: [UInt64] = []
        swap(&words, &state.words[place])
        guard !words.isEmpty else { return nil }
        var days = AddedDays()
        swap(&days, &state.days[place])
        let latest = latest(state.latestDay[place], state.latestSecond[place], kind)
        let members = RowSet(Bitmap(words: words, count: customers.rowCount))
        let added = kind?.isTemporal == true ? days.ids(state.dayNumbers, of: customers, zone) : []
        return (members, added, latest)
      }
    }
  }

  /// Days are those of the shop, unless the file has clocks in other rows.
  private func latest(_ day: Int64, _ second: Int64, _ kind: DataType?) -> Int64? {
    guard let kind, kind.isTemporal else { return nil }
    if kind == .date { return day == .min ? nil : zone.startOfDay(day) }
    let latest = max(day == .min ? .min : day * 86_400, second)
    return latest == .min ? nil : latest
  }
}

extension ReadRows {
  /// The row of each id; −1 where there is none, nor an id.
  fileprivate func places(_ column: Int, in index: KeyIndex?) -> [Int32] {
    guard let index else { return [Int32](repeating: -1, count: count) }
    var places =
      if index.areTexts || areTexts(column) {
        index.rows(of: vector(column))
      } else {
        index.rows(of: numbers(column))
      }
    guard places.count == count else { return [] }
    for row in nullRows(column) { places[Int(row)] = -1 }
    for bad in badValues(column) { places[bad.row] = -1 }
    return places
  }

  /// What stands in a row of numbers.
  fileprivate func text(_ row: Int, _ column: Int) -> String {
    if let bad = badValues(column).first(where: { $0.row == row }) { return bad.text }
    if nullRows(column).contains(Int32(row)) { return "" }
    if areTexts(column) { return vector(column)[row].text(in: .utc) }
    let numbers = numbers(column)
    return "\(numbers[numbers.startIndex + row])"
  }

  /// The day of each row's time; −1 where it has none.
  fileprivate func days(_ column: Int, in zone: TimeZone) -> [Int64] {
    var days = Array(numbers(column))
    if !areDays(column) {
      var clocks = ZoneOffsets(zone)
      for row in days.indices { days[row] = clocks.day(of: days[row]) }
    }
    for row in nullRows(column) { days[Int(row)] = -1 }
    for bad in badValues(column) { days[bad.row] = -1 }
    return days
  }

  /// Raises the latest time of each segment to that of its rows.
  fileprivate func findLatest(
    _ column: Int, _ places: [Int32], _ owners: [Int32], in latest: inout [Int64]
  ) {
    var times = Array(numbers(column))
    guard times.count == places.count else { return }
    for row in nullRows(column) { times[Int(row)] = .min }
    for row in places.indices where places[row] >= 0 && owners[row] >= 0 {
      let place = Int(places[row])
      latest[place] = max(latest[place], times[row])
    }
  }
}

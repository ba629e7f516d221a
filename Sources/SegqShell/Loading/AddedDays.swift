import SegqEngine
import SegqRecords

/// On which days the members of one segment were added, as their rows are read.
///
/// Adobe's own table has one day for all that a refresh found: nothing is held then.
struct AddedDays {
  /// The number of the first row's day.
  private var first: Int?
  /// The customers of each day, by its number, in the order in which they came; none before there is
  /// a second day.
  private var rows: [[Int32]] = []

  /// `words` are the members before this one, a bit each.
  @inline(__always)
  mutating func add(_ row: Int32, onDay number: Int, besides words: [UInt64]) {
    if rows.isEmpty {
      if first == nil { first = number }
      if first == number { return }
      let known = Bitmap(words: words, count: words.count * 64)
      hold(known.positions.map { Int32(truncatingIfNeeded: $0) }, onDay: first ?? 0)
    }
    if number >= rows.count { hold([], onDay: number) }
    rows[number].append(row)
  }

  private mutating func hold(_ customers: [Int32], onDay number: Int) {
    while rows.count <= number { rows.append([]) }
    rows[number] = customers
  }

  /// Who was added on each day, oldest first; who was more than once, on the first of them. None where
  /// all were added on the same.
  consuming func ids(
    _ numbers: DayNumbers, of customers: Table, _ zone: TimeZone
  ) -> [(when: Int64, ids: IDSet)] {
    var seen = Bitmap(count: customers.rowCount)
    var added: [(when: Int64, ids: IDSet)] = []
    for (day, number) in numbers.ascending where number < rows.count {
      let ids = rows[number].filter { seen.insert(Int($0)) }.compactMap {
        customers.identity(Int($0))
      }
      guard !ids.isEmpty else { continue }
      added.append((zone.startOfDay(day), IDSet(ascending: ids.sorted())))
    }
    return added
  }
}

/// Numbers days in the order in which they are met; 0 is no day, or one of another century.
struct DayNumbers {
  private var numbers: [UInt16] = []
  private var days: [Int64] = []

  @inline(__always)
  mutating func number(of day: Int64) -> Int {
    guard day >= 0, day < Int64(UInt16.max) else { return 0 }
    if numbers.isEmpty { numbers = Array(repeating: 0, count: Int(UInt16.max)) }
    let place = Int(truncatingIfNeeded: day)
    if numbers[place] == 0 {
      days.append(day)
      numbers[place] = UInt16(days.count)
    }
    return Int(numbers[place])
  }

  var ascending: [(day: Int64, number: Int)] {
    days.enumerated().map { ($1, $0 + 1) }.sorted { $0.0 < $1.0 }
  }
}

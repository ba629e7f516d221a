import SegqRecords

// Of which time the files of a folder are.
extension Store {
  /// Takes note that the whole store was read now. Its files are of the time of the newest row among
  /// them: a folder whose last order is of August is one of August. Where no row has a time, or one has
  /// a time yet to come, they are of now.
  public mutating func noteLoading(at now: Int64) {
    loaded = tables.compactMap(\.newest).max().map { min($0, now) } ?? now
  }

  /// Goes on with a table of the same files that was read later.
  public mutating func noteLoading(of table: Table, at now: Int64) {
    guard let loaded, let newest = table.newest else { return }
    self.loaded = max(loaded, min(newest, now))
  }
}

extension Table {
  /// The time of the newest row, in seconds since 1970; of a date, that of its noon in UTC.
  fileprivate var newest: Int64? {
    guard let place = dateColumn ?? column(named: "since"),
      let numbers = columns[place].values.numbers, let newest = numbers.greatest
    else { return nil }
    switch columns[place].values.type {
    case .datetime: return newest
    case .date: return newest * 86_400 + 43_200
    case .integer, .decimal, .boolean, .text: return nil
    }
  }
}

extension PackedNumbers {
  /// The greatest number, nulls left out; nil where there is none. O(row groups).
  fileprivate var greatest: Int64? {
    let zones = zones.span
    var all = Zone()
    for group in zones.indices { all.add(zones[group]) }
    return all.isEmpty ? nil : all.high
  }
}

import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords

extension StoreLoader {
  /// Segments as their file has them, with the members of a second file.
  func segments(
    _ sheet: Sheet, members: Sheet?, customers: Table?
  ) throws(ShellError) -> [Segment] {
    var segments = try definitions(sheet, besides: [])
    try addMembers(members, to: &segments, customers)
    return segments.sorted { $0.id < $1.id }
  }

  /// Segments with those of a file beside them, whose members are not known yet.
  func segments(
    _ segments: [Segment], appending sheet: Sheet, customers: Table?
  ) throws(ShellError) -> [Segment] {
    var new = try definitions(sheet, besides: segments)
    try addMembers(nil, to: &new, customers)
    return (segments + new).sorted { $0.id < $1.id }
  }

  private func definitions(
    _ sheet: Sheet, besides known: [Segment]
  ) throws(ShellError) -> [Segment] {
    var segments: [Segment] = []
    var rejected = RejectedRows(sheet.document.badRows)
    for row in 0..<sheet.document.rowCount {
      switch segment(sheet, row, besides: known, segments) {
      case .success(let segment): segments.append(segment)
      case .failure(let bad):
        rejected.add(line: sheet.document.line(ofRow: row), bad.reason)
      }
    }
    try tell(rejected, of: sheet)
    return segments
  }

  /// Segments are read as they are written: few of them are, and each value means something else.
  func segmentSheet(_ path: String, _ shape: TableShape) throws(ShellError) -> Sheet {
    try sheet(path, shape, wishes: shape.columns.map { _ in .text })
  }

  private struct BadRowError: Error { let reason: String }

  private func segment(
    _ sheet: Sheet, _ row: Int, besides known: [Segment], _ earlier: [Segment]
  ) -> Result<Segment, BadRowError> {
    func text(_ name: String) -> String? {
      guard let column = sheet.shape.column(named: name),
        case .text(let text)? = sheet.document.columns[column]?.vector[row]
      else { return nil }
      return text.isEmpty ? nil : text
    }
    func bad(_ reason: String) -> Result<Segment, BadRowError> {
      .failure(BadRowError(reason: reason))
    }
    guard let id = text("id").flatMap({ Int($0) }) else {
      return bad("ID '\(text("id") ?? "")' is not a whole number")
    }
    guard !known.contains(where: { $0.id == id }) else {
      return bad("there is a segment \(id) already")
    }
    guard !earlier.contains(where: { $0.id == id }) else {
      return bad("the id \(id) stands in an earlier row too")
    }
    guard let isActive = SegmentSheet.isActive(text("status") ?? "Active") else {
      return bad("Status '\(text("status") ?? "")' is neither Active nor Inactive")
    }
    var segment = Segment(
      id: id, name: text("segment") ?? "Segment \(id)", isActive: isActive,
      websites: SegmentSheet.websites(text("website") ?? ""))
    segment.description = text("description")
    segment.applyTo = text("apply_to").map { SegmentSheet.applyTo($0) }
    segment.rule = text("rule")
    return .success(segment)
  }

  /// Where members were loaded, a segment with neither rule nor rows is empty, and one with a rule
  /// and no rows was never refreshed.
  private func addMembers(
    _ sheet: Sheet?, to segments: inout [Segment], _ customers: Table?
  ) throws(ShellError) {
    guard let customers else { return }
    let loaded = try sheet.map { (sheet) throws(ShellError) in
      try members(sheet, segments, customers)
    }
    for i in segments.indices {
      if let (bitmap, added) = loaded?[segments[i].id] {
        segments[i].setMembers(bitmap)
        segments[i].refreshed = added
      } else if segments[i].applyTo == SegmentSheet.visitorsOnly
        || loaded != nil && segments[i].rule == nil
      {
        segments[i].setMembers(RowSet(rowCount: customers.rowCount))
      }
    }
  }

  /// Adds the members of a file to those of their segments; the places of the segments that have more
  /// now.
  func addMembers(
    _ sheet: Sheet, to segments: inout [Segment], of customers: Table
  ) throws(ShellError) -> Set<Int> {
    let loaded = try members(sheet, segments, customers)
    var changed: Set<Int> = []
    for i in segments.indices {
      let old = segments[i].members
      if let (members, added) = loaded[segments[i].id] {
        let all = old.map { RowSet.union([$0, members], rowCount: customers.rowCount) } ?? members
        guard all.count != segments[i].memberCount else { continue }
        segments[i].setMembers(all)
        segments[i].refreshed = [segments[i].refreshed, added].compactMap { $0 }.max()
        if old != nil, segments[i].rule != nil {
          segments[i].staleness = "members were added later"
        }
        changed.insert(i)
      } else if old == nil, segments[i].rule == nil {
        segments[i].setMembers(RowSet(rowCount: customers.rowCount))
      }
    }
    return changed
  }

  private func members(
    _ sheet: Sheet, _ segments: [Segment], _ customers: Table
  ) throws(ShellError) -> [Int: (RowSet, Int64?)] {
    guard let rows = MemberRows(sheet) else {
      throw .diagnostic(
        Diagnostic(
          code: "members", "\(sheet.path) needs the columns Segment ID and Customer ID"))
    }
    let places = rows.places(rows.segments, in: KeyIndex(segments.map { Int64($0.id) }))
    let owners = rows.places(rows.customers, in: customers.index)
    let added = rows.added?.instants(zone)
    var collector = MemberCollector(segments: segments.count, customers: customers.rowCount)
    var rejected = RejectedRows(sheet.document.badRows)
    for row in places.indices {
      if row & 0xF_FFFF == 0, isInterrupted() { throw .interrupted }
      let (place, owner) = (places[row], owners[row])
      guard place >= 0, owner >= 0 else {
        let (column, noun) =
          place < 0 ? (rows.segments, "segment") : (rows.customers, "customer")
        rejected.add(
          line: sheet.document.line(ofRow: row), "there is no \(noun) '\(column.text(ofRow: row))'")
        continue
      }
      collector.add(Int(owner), to: Int(place), added?[row])
    }
    try tell(rejected, of: sheet)
    return collector.members(of: segments)
  }
}

/// The columns of a file of members.
private struct MemberRows {
  let segments: CSVDocument.Column
  let customers: CSVDocument.Column
  let added: ColumnVector?

  init?(_ sheet: StoreLoader.Sheet) {
    func column(_ name: String) -> CSVDocument.Column? {
      sheet.shape.column(named: name).flatMap { sheet.document.columns[$0] }
    }
    guard let segments = column("segment"), let customers = column("customer") else { return nil }
    (self.segments, self.customers) = (segments, customers)
    added = column("added")?.vector
  }

  /// The row of each id; −1 where there is none, nor an id.
  func places(_ column: CSVDocument.Column, in index: KeyIndex?) -> [Int32] {
    let ids = column.vector.numbers ?? []
    var places = index?.rows(of: ids) ?? [Int32](repeating: -1, count: ids.count)
    column.vector.nulls?.forEachSet { places[$0] = -1 }
    for bad in column.badValues { places[bad.row] = -1 }
    return places
  }
}

/// Who is in which segment, row by row.
private struct MemberCollector {
  private let customers: Int
  /// The bitmaps of all segments, end to end.
  private var words: [UInt64]
  private let size: Int
  private var hasRows: [Bool]
  private var latest: [Int64]

  init(segments: Int, customers: Int) {
    self.customers = customers
    size = (customers + 63) >> 6
    words = [UInt64](repeating: 0, count: size * segments)
    hasRows = [Bool](repeating: false, count: segments)
    latest = [Int64](repeating: .min, count: segments)
  }

  mutating func add(_ customer: Int, to segment: Int, _ added: Int64?) {
    words[segment * size + customer >> 6] |= 1 << UInt64(customer & 63)
    hasRows[segment] = true
    if let added, added > latest[segment] { latest[segment] = added }
  }

  /// By id, the members and when the last was added, of each segment that has rows.
  func members(of segments: [Segment]) -> [Int: (RowSet, Int64?)] {
    var result: [Int: (RowSet, Int64?)] = [:]
    for (place, segment) in segments.enumerated() where hasRows[place] {
      let own = Array(words[place * size..<(place + 1) * size])
      let time = latest[place]
      result[segment.id] = (
        RowSet(Bitmap(words: own, count: customers)), time == .min ? nil : time
      )
    }
    return result
  }
}

extension CSVDocument.Column {
  /// What stands in a row of numbers.
  fileprivate func text(ofRow row: Int) -> String {
    if let bad = badValues.first(where: { $0.row == row }) { return bad.text }
    return vector[row].number.map { "\($0)" } ?? ""
  }
}

extension ColumnVector {
  /// Dates and times in seconds, nulls as the first of all times; nil where they are neither.
  fileprivate func instants(_ zone: TimeZone) -> [Int64]? {
    guard type.isTemporal, var instants = numbers else { return nil }
    if type == .date { instants = instants.map { zone.startOfDay($0) } }
    nulls?.forEachSet { instants[$0] = .min }
    return instants
  }
}

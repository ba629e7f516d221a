import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords

extension StoreLoader {
  /// Segments as their file has them, with what other files of a folder say of them.
  func segments(
    _ sheet: Sheet, among files: [String: File], customers: Table?
  ) throws(ShellError) -> [Segment] {
    let codes = try codes(among: files, customers)
    var segments = try definitions(sheet, besides: [], codes.context)
    try addWebsites(files["segment_websites"], codes, to: &segments)
    try addMembers(files["members"], to: &segments, customers)
    return segments.sorted { $0.id < $1.id }
  }

  /// Segments with those of a file beside them, whose members are not known yet.
  func segments(
    _ segments: [Segment], appending sheet: Sheet, customers: Table
  ) throws(ShellError) -> [Segment] {
    let codes = try codes(among: [:], customers)
    var new = try definitions(sheet, besides: segments, codes.context)
    try addMembers(nil, to: &new, customers)
    return (segments + new).sorted { $0.id < $1.id }
  }

  private func definitions(
    _ sheet: Sheet, besides known: [Segment], _ context: RuleContext
  ) throws(ShellError) -> [Segment] {
    var segments: [Segment] = []
    var doubts: [Doubt] = []
    var rejected = RejectedRows(sheet.document)
    for row in 0..<sheet.document.rowCount {
      switch segment(sheet, row, besides: known, segments) {
      case .success(var segment):
        translate(sheet, row, to: &segment, context, &doubts)
        segments.append(segment)
      case .failure(let bad):
        rejected.add(line: sheet.document.line(ofRow: row), bad.reason)
      }
    }
    try tell(rejected, of: sheet)
    try tell(doubts, of: sheet)
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
    func text(_ name: String) -> String? { sheet.text(name, row) }
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
    _ file: File?, to segments: inout [Segment],
    _ customers: Table?
  ) throws(ShellError) {
    guard let customers else { return }
    let loaded = try file.map { (file) throws(ShellError) in
      try members(file.path, file.shape, segments, customers)
    }
    for i in segments.indices {
      if let loaded = loaded?[i] {
        segments[i].load(loaded.members, added: loaded.added, latest: loaded.latest)
      } else if segments[i].isForVisitors
        || loaded != nil && segments[i].rule == nil
      {
        segments[i].setMembers(RowSet(rowCount: customers.rowCount))
      }
    }
  }

  /// Adds the members of a file to those of their segments; the places of the segments that have more
  /// now.
  func addMembers(
    _ path: String, _ shape: TableShape, to segments: inout [Segment], of customers: Table,
    at now: Int64
  ) throws(ShellError) -> Set<Int> {
    let loaded = try members(path, shape, segments, customers)
    var changed: Set<Int> = []
    for i in segments.indices {
      let old = segments[i].members
      if let (members, added, latest) = loaded[i] {
        let all = old.map { RowSet.union([$0, members], rowCount: customers.rowCount) } ?? members
        guard all.count != segments[i].memberCount else { continue }
        if old == nil, segments[i].growth.isEmpty {
          segments[i].load(all, added: added, latest: latest)
        } else {
          segments[i].load(all, at: now, of: customers)
          segments[i].refreshed = [segments[i].refreshed, latest].compactMap { $0 }.max()
        }
        segments[i].staleness =
          old == nil || segments[i].rule == nil ? nil : "members were added later"
        changed.insert(i)
      } else if old == nil, segments[i].rule == nil {
        segments[i].setMembers(RowSet(rowCount: customers.rowCount))
      }
    }
    return changed
  }

  private func members(
    _ path: String, _ shape: TableShape, _ segments: [Segment], _ customers: Table
  ) throws(ShellError) -> [MemberCollector.Members?] {
    guard let segment = shape.column(named: "segment"),
      let customer = shape.column(named: "customer")
    else {
      throw .diagnostic(
        Diagnostic(code: "members", "\(path) needs the columns Segment ID and Customer ID"))
    }
    let added = shape.column(named: "added")
    let collector = MemberCollector(
      MemberCollector.Columns(segment: segment, customer: customer, added: added), segments,
      customers, zone)
    let wishes = shape.columns.indices.map { place in
      [segment, customer, added].contains(place) ? shape.columns[place].kind.wish : nil
    }
    let sheet = try sheet(path, shape, wishes: wishes, consumer: collector)
    var rejected = collector.rejected
    rejected.add(sheet.document)
    try tell(rejected, of: sheet)
    return collector.members(added.flatMap { sheet.document.columns[$0]?.vector.type })
  }
}

public import SegqEngine
public import SegqLanguage
public import SegqRecords

/// What the planner may ask about the world.
public protocol Catalog: AnyObject {
  /// Customers first; `segments` is not among them.
  var tableNames: [String] { get }
  /// The table on whose rows those of `name` hang.
  func parent(of name: String) -> String?
  /// The table, read first where that has not happened yet.
  func table(_ name: String) throws(Diagnostic) -> Table
  var segments: [Segment] { get }
  /// The ids ticked in the grid.
  var selected: Set<Int> { get }
  func members(_ set: SegmentSet) -> Bitmap
  /// Other spellings of a value of that column: `FR` for `France`.
  func synonyms(of value: String, in field: Field) -> [String]
  /// The first value of the first row; null where there is none.
  func scalar(_ plan: QueryPlan) throws(Diagnostic) -> Value
  /// Seconds since 1970.
  var now: Int64 { get }
  var zone: TimeZone { get }
}

extension Catalog {
  var today: Int64 { zone.day(of: now) }

  func children(of name: String) -> [String] { tableNames.filter { parent(of: $0) == name } }

  /// From a child of `ancestor` down to `name`; nil where it hangs on something else.
  func path(from ancestor: String, to name: String) -> [String]? {
    var path = [name]
    while let next = parent(of: path[0]) {
      if next == ancestor { return path }
      path.insert(next, at: 0)
    }
    return nil
  }
}

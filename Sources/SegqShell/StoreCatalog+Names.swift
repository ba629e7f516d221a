import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords

// What the names in a rule tell, without a look at any row.
extension StoreCatalog {
  /// Why the rule of a segment of which nothing is known can't be evaluated as things are; found when
  /// somebody asks, and kept until something is loaded or defined.
  func obstacle(toSegmentAt place: Int) -> Obstacle? {
    let segment = store.segments[place]
    guard segment.members == nil, !hasNamesOnly, let rule = segment.rule else { return nil }
    if let known = segment.obstacle { return Obstacle(known, mending: nil) }
    if let known = obstacles[segment.id] { return known }
    let isCircular = dependencies.needed(for: dependencies.named[place]).contains(place)
    let found =
      isCircular
      ? Obstacle("its rule depends on itself by way of others", mending: nil)
      : Planner.obstacle(to: rule, names) ?? Planner.scopeObstacle(to: segment, store.customers)
    obstacles[segment.id] = .some(found)
    return found
  }

  private var names: StoreCatalog {
    if let probe { return probe }
    let new = StoreCatalog(ofNames: snapshot)
    probe = new
    return new
  }

  /// The tables that a rule reads, with those that they hang on; nil where that is not known as things
  /// are.
  func tables(readBy rule: String) -> Set<String>? {
    let reader = StoreCatalog(ofNames: snapshot)
    guard (try? Planner.rule(SourceText(rule, name: ""), reader)) != nil else { return nil }
    var tables = reader.asked
    for name in reader.asked {
      var next = parent(of: name)
      while let above = next {
        tables.insert(above)
        next = parent(of: above)
      }
    }
    return tables
  }

  /// A table without rows for a file that waits, with the types that its columns are likely to have.
  func standIn(for waiting: WaitingTable) throws(Diagnostic) -> Table {
    let columns = waiting.shape.columns.map { column in
      let type = column.kind.likelyType
      return Column(
        Field(name: column.name, header: column.header, type: type), ColumnVector([], type: type),
        isShown: column.isShown)
    }
    let table = Table(
      name: waiting.shape.name, columns: columns, rowCount: 0, aliases: waiting.shape.aliases,
      dateColumn: waiting.shape.dateColumn)
    guard let parent = waiting.parent else { return table }
    return table.lent(namesOf: try self.table(parent))
  }

  var guessesTypes: Bool { hasNamesOnly && !waitingTables.isEmpty }
}

extension TableShape.Column.Kind {
  fileprivate var likelyType: DataType {
    switch self {
    case .any, .id, .text: .text
    case .integer: .integer
    case .decimal: .decimal
    case .time: .datetime
    }
  }
}

extension RFM {
  /// A column of that type, without rows.
  static func standIn(_ place: Int) -> Column {
    let type: DataType = columnNames[place] == "rfm_group" ? .text : .integer
    let name = columnNames[place]
    return Column(Field(name: name, header: name, type: type), ColumnVector([], type: type))
  }
}

import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

extension Completer {
  /// What the grammar's expectation comes to in this store.
  func offers(_ expectation: Expectation, at place: CompletionPlace) -> [Offer] {
    switch expectation {
    case .keyword(let word): [keyword(word)]
    case .words(let first, let second): [Offer("\(first) \(second)")]
    case .table: place.qualifier == nil ? tableNames : []
    case .column: columns(at: place) + functions(at: place)
    case .argument(let function):
      children(at: place, for: place.source[function].lowercased()) + columns(at: place)
        + functions(at: place)
    case .expression: columns(at: place) + functions(at: place)
    case .name: place.qualifier == nil ? [] : columns(at: place)
    case .value(let name): values(of: place.source[name], at: place, name)
    case .segment: segments(at: place)
    case .format: Format.allCases.map { Offer($0.rawValue, $0.summary) }
    case .setting: Settings.entries.map { Offer($0.name, $0.summary) }
    case .topic: StatementReference.all.map { Offer($0.name, $0.summary) }
    case .layout: [Offer("adobe", "as the Admin exports")]
    case .file: readsFolders ? files(at: place) : []
    case .symbol, .comparison, .customer, .command, .quotedText, .number, .duration, .end: []
    }
  }

  private func keyword(_ word: String) -> Offer {
    let entry = StatementReference.all.first { $0.name == word }
    return Offer(word, entry?.summary ?? "")
  }

  private var tableNames: [Offer] {
    guard !catalog.tableNames.isEmpty else { return [] }
    let tables = catalog.tableNames.map { name in
      let rows = catalog.store.table(named: name).map { " · \($0.rowCount.grouped) rows" } ?? ""
      return Offer(name, "table" + rows)
    }
    return tables + [Offer("segments", "table · \(catalog.segments.count.grouped) rows")]
  }

  /// Ids with their names, or names in quotes with their ids, each with its size. Where nothing is
  /// typed each segment is offered once: by its id, and where there are many by its name.
  private func segments(at place: CompletionPlace) -> [Offer] {
    let ids = catalog.segments.map { Offer("\($0.id)", "\($0.name) · \($0.shownSize)") }
    let names = catalog.segments.map { segment in
      Offer(
        segment.name, inserting: segment.name.quoted + " ",
        "segment \(segment.id) · \(segment.shownSize)")
    }
    guard place.typed.isEmpty else { return ids + names }
    return ids.count <= Self.fewSegments ? ids : names
  }

  /// So many are seen at once with their names.
  private static let fewSegments = 40

  private func columns(at place: CompletionPlace) -> [Offer] {
    let unread = catalog.waitingTables.first { $0.shape.name == place.qualifier }
    if let unread {
      return unread.shape.columns.map { Offer($0.name, "\(unread.shape.name) · not read yet") }
    }
    let known = tables(at: place).flatMap { table in
      table.columns.map { Offer($0.field.name, "\(table.name) · \($0.values.type.rawValue)") }
    }
    return known
      + self.unread(at: place).flatMap { table in
        table.shape.columns.map { Offer($0.name, "\(table.shape.name) · not read yet") }
      }
  }

  /// The tables that hang on customers, where a function asks them: `count(orders`, `sum(orders.`
  private func children(at place: CompletionPlace, for function: String) -> [Offer] {
    guard place.qualifier == nil else { return [] }
    let takesTable = ["count", "exists"].contains(function)
    guard takesTable || ["sum", "avg", "min", "max", "first", "last", "nth"].contains(function)
    else { return [] }
    return catalog.tableNames.filter { catalog.parent(of: $0) != nil }.map { name in
      takesTable
        ? Offer(name, "table") : Offer(name, inserting: name + ".", "a column of these")
    }
  }

  /// Tables that the text names and that are not read yet.
  private func unread(at place: CompletionPlace) -> [StoreCatalog.WaitingTable] {
    guard place.qualifier == nil else { return [] }
    let words = place.words
    return catalog.waitingTables.filter { words.contains($0.shape.name) }
  }

  /// Only once something is typed: all of them hide what else there is.
  private func functions(at place: CompletionPlace) -> [Offer] {
    guard place.qualifier == nil, !place.word.isEmpty else { return [] }
    return FunctionReference.all.map { Offer($0.name, inserting: $0.name + "(", $0.summary) }
  }

  /// The table before the dot; else customers, the grid where the text says `segments`, and any
  /// other table that it names.
  func tables(at place: CompletionPlace) -> [Table] {
    if let name = place.qualifier {
      let table = name == "segments" ? catalog.grid : catalog.store.table(named: name)
      return table.map { [$0] } ?? []
    }
    let words = place.words
    var tables = words.contains("segments") && !words.contains("drill") ? [catalog.grid] : []
    tables += catalog.store.tables.filter { words.contains($0.name) && $0.name != "customers" }
    let isNoneNamed = tables.isEmpty && unread(at: place).isEmpty
    if let customers = catalog.store.customers, isNoneNamed || words.contains("customers") {
      tables.append(customers)
    }
    return tables
  }

  /// What lies in the folder that is typed: `'reports/|`. A folder leaves its quote open.
  private func files(at place: CompletionPlace) -> [Offer] {
    let slash = place.typed.lastIndex(of: "/")
    let folder = slash.map { String(place.typed[...$0]) } ?? ""
    guard let names = try? Files.list(folder.isEmpty ? "." : folder) else { return [] }
    return names.sorted().filter { !$0.hasPrefix(".") }.prefix(Self.mostFiles).map { name in
      let path = folder + name
      let isFolder = Files.kind(path) == .folder
      let quoted = isFolder ? String((path + "/").quoted.dropLast()) : path.quoted + " "
      return Offer(path, inserting: quoted, isFolder ? "folder" : "file")
    }
  }

  private static let mostFiles = 500
}

extension CompletionPlace {
  /// The words before the cursor.
  fileprivate var words: Set<String> {
    Set(head.lowercased().split { !$0.isLetter && $0 != "_" }.map(String.init))
  }
}

extension Segment {
  /// `1,204 customers`, `never refreshed`
  fileprivate var shownSize: String {
    memberCount.map { "\($0.grouped) \($0 == 1 ? "customer" : "customers")" } ?? "never refreshed"
  }
}

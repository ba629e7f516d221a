import SegqEngine

/// The changes of definitions that a workspace keeps for `undo`, in the tables `changes`, `past` and
/// `past_steps`. They are read anew whenever somebody asks.
final class WorkspaceChanges: KeptChanges {
  let folder: WorkspaceFolder
  /// The numbers of the changes.
  let numbers: Range<Int>

  init(_ folder: WorkspaceFolder, _ numbers: Range<Int>) {
    (self.folder, self.numbers) = (folder, numbers)
  }

  func change(_ place: Int) throws(GrowthError) -> DefinitionChange {
    do throws(StoreError) {
      return try Database.reading(folder) { (database) throws(StoreError) in
        try read(numbers.lowerBound + place, database)
      }
    } catch { throw GrowthError(error.message, help: error.help) }
  }

  /// All of them.
  func read() throws(StoreError) -> [DefinitionChange] {
    try Database.reading(folder) { (database) throws(StoreError) in
      try numbers.map { (number) throws(StoreError) in try read(number, database) }
    }
  }

  private func read(_ number: Int, _ database: Database) throws(StoreError) -> DefinitionChange {
    let row = try rows(of: .changes, number, database).first
    guard let words = row?[1].text, let created = row?[2].text else { throw missing(number) }
    let steps = try rows(of: .past_steps, number, database).map { Array($0.dropFirst()) }
    let before = try rows(of: .past, number, database).map {
      (row) throws(StoreError) -> PastSegment in
      guard let past = PastSegment(row, steps: steps.filter { $0[0] == row[1] }) else {
        throw missing(number)
      }
      return past
    }
    return DefinitionChange(
      words: words, created: created.split(separator: " ").compactMap { Int($0) }, before: before)
  }

  private func rows(
    of table: CatalogTable, _ number: Int, _ database: Database
  ) throws(StoreError) -> [[SQLValue]] {
    let order = table == .past_steps ? "segment, place" : table.columns.prefix(table.keyCount).joined(
      separator: ", ")
    return try database.rows(
      of: table, "where number = \(number) order by \(order)", path: folder.catalog)
  }

  private func missing(_ number: Int) -> StoreError {
    .damagedCatalog(folder.catalog, what: "change \(number) of those to undo is not complete")
  }
}

extension WorkspaceFolder {
  /// What the catalog keeps for `undo`. A program that knows nothing of it drops the two numbers.
  func journal(in image: CatalogImage) -> ChangeJournal {
    guard let first = image.meta("undo_first"), let next = image.meta("undo_next"), first < next
    else { return ChangeJournal() }
    let numbers = Int(first)..<Int(next)
    return ChangeJournal(
      kept: WorkspaceChanges(self, numbers), count: numbers.count,
      beforeLoading: image.meta("undo_loaded").map { max(0, Int($0) - numbers.lowerBound) } ?? 0)
  }
}

extension CatalogImage {
  /// Says which changes there are, and which of them are older than the data.
  mutating func setJournal(range: Range<Int>, _ journal: ChangeJournal) {
    guard !range.isEmpty else { return }
    setMeta("undo_first", Int64(range.lowerBound))
    setMeta("undo_next", Int64(range.upperBound))
    let later = journal.count - journal.countBeforeLoading
    setMeta("undo_loaded", Int64(max(range.lowerBound, range.upperBound - later)))
  }
}

/// What of the journal stays, and what is written behind it.
struct JournalChange: CatalogChange {
  let staying: Range<Int>
  let rows: [(table: CatalogTable, values: [SQLValue])]

  /// A workspace of an older program gets the tables here.
  func write(_ database: Database) throws(StoreError) {
    for table in CatalogTable.journal {
      try database.run(table.definition)
      try database.run(
        "delete from \(table.rawValue) where number < \(staying.lowerBound) "
          + "or number >= \(staying.upperBound)")
      try database.put(rows.filter { $0.table == table }.map(\.values), in: table)
    }
  }
}

extension Workspace {
  /// What is kept is read from there from now on.
  func takeJournal(from image: CatalogImage) { store.journal = folder.journal(in: image) }

  /// The changes of a store's journal that this workspace has already.
  private func staying(of store: Store) -> Range<Int> {
    guard let kept = store.journal.kept as? WorkspaceChanges, kept.folder == folder,
      kept.numbers == (folder.journal(in: image).kept as? WorkspaceChanges)?.numbers
    else { return 0..<0 }
    return kept.numbers.prefix(store.journal.keptCount)
  }

  /// The numbers of a store's changes once it is kept here: the newest, and no number twice at a time.
  func journalRange(of store: Store) -> Range<Int> {
    let end = staying(of: store).lowerBound + store.journal.count
    return max(end - ChangeJournal.capacity, staying(of: store).lowerBound)..<end
  }

  /// What is to be written and removed for a store's journal.
  func journalChanges(to store: Store) throws(StoreError) -> [any CatalogChange] {
    let staying = staying(of: store)
    let kept = (folder.journal(in: image).kept as? WorkspaceChanges)?.numbers ?? 0..<0
    let range = journalRange(of: store)
    guard kept != range || staying != range else { return [] }
    // Those of another workspace are copied.
    let copied = staying.isEmpty ? try copied(from: store.journal) : []
    let new = Array((copied + store.journal.added).suffix(range.count))
    let rows = zip((range.upperBound - new.count)..<range.upperBound, new).flatMap { $1.rows($0) }
    return [
      JournalChange(staying: staying.clamped(to: range), rows: rows)
    ]
  }

  private func copied(from journal: ChangeJournal) throws(StoreError) -> [DefinitionChange] {
    guard let kept = journal.kept as? WorkspaceChanges else { return [] }
    return Array(try kept.read().prefix(journal.keptCount))
  }
}

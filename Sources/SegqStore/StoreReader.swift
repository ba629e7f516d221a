import SegqEngine
import SegqRecords

/// Makes a store of the rows of a catalog. Column files are mapped, and nothing of them is read.
struct StoreReader {
  private let image: CatalogImage
  private let folder: WorkspaceFolder
  /// Files that nothing was asked of yet.
  private var opened: [Int: OpenedFile] = [:]
  private var mapped: [Int: MappedFile] = [:]
  private(set) var files = FileMap()

  init(_ image: CatalogImage, in folder: WorkspaceFolder) {
    self.image = image
    self.folder = folder
  }

  mutating func store() throws(StoreError) -> Store {
    var store = try tables()
    for row in segmentRows { store.segments.append(try segment(row, in: store)) }
    store.journal = folder.journal(in: image)
    return store
  }

  /// A store without segments.
  mutating func tables() throws(StoreError) -> Store {
    for file in image.files.prefix(WorkspaceFolder.mostOpened) {
      opened[file.number] = try open(file)
    }
    defer { opened = [:] }
    var store = Store()
    for row in ordered(.tables, by: 1) { store.put(try table(row, in: store)) }
    store.loaded = image.meta("loaded")
    return store
  }

  /// What the catalog says of each segment, in their order.
  var segmentRows: [[SQLValue]] { ordered(.segments, by: 1) }

  private func ordered(
    _ table: CatalogTable, by place: Int, where key: SQLValue? = nil
  ) -> [[SQLValue]] {
    image[table].filter { key == nil || $0[0] == key }
      .sorted { ($0[place].integer ?? 0) < ($1[place].integer ?? 0) }
  }

  private mutating func table(_ row: [SQLValue], in store: Store) throws(StoreError) -> Table {
    guard let name = row[0].text, let rowCount = row[2].integer.map({ Int($0) }) else {
      throw nonsense(.tables)
    }
    var columns: [Column] = []
    for row in ordered(.columns, by: 1, where: .text(name)) {
      columns.append(try column(row, rowCount: rowCount))
    }
    var aliases: [String: Int] = [:]
    for row in image[.aliases] where row[0] == .text(name) {
      if let alias = row[1].text, let place = row[2].integer { aliases[alias] = Int(place) }
    }
    return Table(
      name: name, columns: columns, rowCount: rowCount, parent: try link(row, in: store),
      aliases: aliases, dateColumn: row[5].integer.map { Int($0) },
      idColumn: row[6].integer.map { Int($0) },
      shownColumns: row[7].text?.split(separator: " ").compactMap { Int($0) })
  }

  private mutating func link(
    _ row: [SQLValue], in store: Store
  ) throws(StoreError) -> ParentLink? {
    guard let name = row[3].text else { return nil }
    guard let parent = store.table(named: name) else { throw nonsense(.tables) }
    let more = image[.links, row[0]]
    let key = LinkKey(
      id: row[8].integer.map { Int($0) }, named: more?[1].text,
      email: more?[2].integer.map { Int($0) }, website: more?[3].integer.map { Int($0) },
      matchesGuests: more?[4] == .integer(1))
    guard !key.columns.isEmpty else { throw nonsense(.tables) }
    let (pieces, number) = try pieces(row[4])
    guard let link = ParentLink(pieces, to: parent, by: key) else {
      throw incomplete(number)
    }
    files[link] = number
    return link
  }

  private mutating func column(_ row: [SQLValue], rowCount: Int) throws(StoreError) -> Column {
    guard let name = row[2].text, let header = row[3].text,
      let type = row[4].text.flatMap({ DataType(rawValue: $0) })
    else { throw nonsense(.columns) }
    let (pieces, number) = try pieces(row[7])
    guard let values = StoredColumn(pieces, type: type, rowCount: rowCount) else {
      throw incomplete(number)
    }
    files[values] = number
    var column = Column(
      Field(name: name, header: header, type: type), values, isList: row[5] == .integer(1),
      isShown: row[6] == .integer(1))
    column.evidence = image[.evidence, row[0], row[1]]?[2].text
    return column
  }

  mutating func segment(
    _ row: [SQLValue], in store: Store
  ) throws(StoreError) -> Segment {
    guard let id = row[0].integer, let name = row[2].text else { throw nonsense(.segments) }
    let websites = ordered(.websites, by: 1, where: row[0]).compactMap(\.[2].text)
    var segment = Segment(
      id: Int(id), name: name, isActive: row[3] == .integer(1), websites: websites)
    segment.description = row[4].text
    segment.applyTo = row[5].text
    segment.rule = row[6].text
    segment.refreshed = row[7].integer
    segment.staleness = row[8].text
    segment.growth = folder.growth(ofSegment: Int(id), in: image)
    guard let count = row[9].integer else { return segment }
    let (pieces, number) = try pieces(row[10], owner: UInt32(truncatingIfNeeded: id))
    guard
      let members = RowSet(
        pieces, rowCount: store.customers?.rowCount ?? 0, count: Int(count))
    else {
      throw .otherMembers(folder.file(number), segment: Int(id))
    }
    segment.setMembers(members)
    if let stored = segment.stored { files[stored] = number }
    return segment
  }

  /// What a file holds of an owner.
  private mutating func pieces(
    _ number: SQLValue, owner: UInt32 = 0
  ) throws(StoreError) -> ([Piece], Int) {
    guard let number = number.integer.map({ Int($0) }), let file = image.file(number) else {
      throw nonsense(.files)
    }
    if let file = mapped[number] { return (file.pieces(owner: owner), number) }
    do throws(MappingError) {
      let path = folder.file(number)
      let new =
        if let opened = opened.removeValue(forKey: number) {
          try MappedFile(opened, number: number)
        } else {
          try MappedFile(path, number: number, file.seal)
        }
      mapped[number] = new
      return (new.pieces(owner: owner), number)
    } catch {
      if case .noRoom = error {
        throw .tooManyFiles(folder.path, count: image.files.count, most: mapped.count)
      }
      throw StoreError(error, folder.file(number), holds: file.holds)
    }
  }

  private func open(_ file: CatalogImage.FileRow) throws(StoreError) -> OpenedFile {
    let path = folder.file(file.number)
    do throws(MappingError) { return try OpenedFile(path, file.seal) } catch {
      throw StoreError(error, path, holds: file.holds)
    }
  }

  private func incomplete(_ number: Int) -> StoreError {
    .incompleteFile(folder.file(number), holds: image.file(number)?.holds ?? "nothing known")
  }

  /// Rows with right checksums that do not fit together.
  private func nonsense(_ table: CatalogTable) -> StoreError {
    .damagedCatalog(folder.catalog, what: "the rows of '\(table.rawValue)' do not fit together")
  }
}

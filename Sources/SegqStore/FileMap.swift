import SegqEngine
import SegqRecords

/// Which values of a store lie in which column file.
///
/// Values never change, so where they lie in memory tells them apart, as long as the store is there.
/// Segments may have one and the same set (`in 1` gives that of segment 1), and a file has a piece for
/// each: what tells members apart is whose they are, too.
struct FileMap: Sendable {
  private var files: [StoredIdentity: Int] = [:]

  subscript(values: some StoredValues) -> Int? {
    get { files[values.identity] }
    set { files[values.identity] = newValue }
  }

  /// How many files it names.
  var count: Int { Set(files.values).count }

  /// Only what the store holds: the memory of what is gone will be another's.
  func kept(for store: Store) -> FileMap {
    var kept = FileMap()
    for table in store.tables {
      for column in table.columns { kept[column.values] = self[column.values] }
      if let link = table.parent { kept[link] = self[link] }
    }
    for members in store.segments.compactMap(\.stored) { kept[members] = self[members] }
    return kept
  }
}

/// A column file that is to be written, because what it holds lies in none yet.
struct NewFile: Sendable {
  /// `orders.total`, `members of 12 segments`
  let holds: String
  let pieces: [Piece]
  /// The column, the link or the sets that it holds.
  let values: [any StoredValues]
}

extension FileMap {
  /// So many files with members lie beside each other before they are put into one.
  private static let mostMemberFiles = 16

  /// What of a store is to be written: a file for each new column and link, one for all new members.
  func newFiles(of store: Store) -> [NewFile] {
    var files: [NewFile] = []
    for table in store.tables {
      for column in table.columns where self[column.values] == nil {
        files.append(
          NewFile(
            holds: "\(table.name).\(column.field.name)", pieces: column.values.pieces,
            values: [column.values]))
      }
      if let link = table.parent, self[link] == nil {
        files.append(
          NewFile(
            holds: "the \(table.name) of each row of \(link.table.name)", pieces: link.pieces,
            values: [link]))
      }
    }
    return files + newMembers(of: store.segments)
  }

  private func newMembers(of segments: [Segment]) -> [NewFile] {
    let all = segments.compactMap(\.stored)
    let known = Set(all.compactMap { self[$0] })
    let written = all.filter { self[$0] == nil || known.count > Self.mostMemberFiles }
    guard !written.isEmpty else { return [] }
    return [
      NewFile(
        holds: "the members of \(written.map { "\($0.segment)" }.joined(separator: ", "))",
        pieces: written.flatMap(\.pieces), values: written)
    ]
  }
}

import SegqEngine
import SegqRecords

/// Which values of a store lie in which column file.
///
/// Values never change, so where they lie in memory tells them apart, as long as the store is there.
struct FileMap: Sendable {
  private var files: [UInt: Int] = [:]

  subscript(values: some StoredValues) -> Int? {
    get { files[values.identity] }
    set { files[values.identity] = newValue }
  }

  /// Only what the store holds: the memory of what is gone will be another's.
  func kept(for store: Store) -> FileMap {
    var kept = FileMap()
    for table in store.tables {
      for column in table.columns { kept[column.values] = self[column.values] }
      if let link = table.parent { kept[link] = self[link] }
    }
    for members in store.segments.compactMap(\.members) { kept[members] = self[members] }
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
    let known = Set(segments.compactMap { $0.members.flatMap { self[$0] } })
    let written = segments.filter { segment in
      guard let members = segment.members else { return false }
      return self[members] == nil || known.count > Self.mostMemberFiles
    }
    guard !written.isEmpty else { return [] }
    let pieces = written.compactMap { segment in
      segment.members?.pieces(owner: UInt32(truncatingIfNeeded: segment.id))
    }
    return [
      NewFile(
        holds: "the members of \(written.map { "\($0.id)" }.joined(separator: ", "))",
        pieces: Array(pieces.joined()), values: written.compactMap(\.members))
    ]
  }
}

import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqRecords

extension Session {
  /// Tables that were loaded before the one whose ids they have hang on it from now on.
  func linkOrphans(to name: String, in store: inout Store) throws(ShellError) {
    for child in store.tables where child.parent == nil && child.name != name {
      let headers = child.columns.map(\.field.header)
      let shape = Recognition.shape(file: child.name, header: headers, table: child.name)
      guard let parent = store.table(named: name), parent.index != nil,
        let link = shape.parents.first(where: { $0.table == name }),
        child.columns.indices.contains(link.column),
        child.columns[link.column].values.numbers != nil
      else { continue }
      guard let lost = store.link(child, to: parent, by: LinkKey(id: link.column), catalog.execution) else {
        throw .interrupted
      }
      guard lost > 0 else { continue }
      tell(.orphans(lost, of: child.name, by: headers[link.column], in: name), in: nil)
    }
  }
}

import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqRecords

// Tables that are linked later than they were loaded, or in another way.
extension Session {
  /// Links tables that were loaded before the one whose ids they have.
  func linkOrphans(to name: String, in store: inout Store) throws(ShellError) {
    for child in store.tables where child.parent == nil && child.name != name {
      let headers = child.columns.map(\.field.header)
      let shape = Recognition.shape(file: child.name, header: headers, table: child.name)
      guard let parent = store.table(named: name),
        let link = shape.links.first(where: { $0.table == name }),
        child.columns.indices.contains(link.column)
      else { continue }
      let key = shape.key(to: link, matchesGuests: settings.matchesGuests)
      guard let lost = store.link(child, to: parent, by: key, catalog.execution) else {
        throw .interrupted
      }
      guard lost > 0 else { continue }
      tell(.orphans(lost, of: child.name, by: headers[link.column], in: name), in: nil)
    }
  }

  /// Links guests' orders anew after `set guests`, and marks the segments whose rules read them stale.
  func linkGuests() throws(ShellError) {
    let matches = settings.matchesGuests
    let tables = catalog.store.tables.filter { table in
      guard let key = table.parent?.key else { return false }
      return key.id != nil && key.email != nil && key.matchesGuests != matches
    }
    guard !tables.isEmpty else { return }
    try changing { () throws(ShellError) in
      var store = catalog.store
      for table in tables {
        guard var key = table.parent?.key, let parent = store.table(named: "customers"),
          let child = store.table(named: table.name)
        else { continue }
        key.matchesGuests = matches
        guard store.link(child, to: parent, by: key, catalog.execution) != nil else {
          throw .interrupted
        }
        try mark(table.name, in: &store, parent)
      }
      catalog.replace(store, waiting: catalog.waitingTables)
    }
  }
}

/// Which parts of a JSON file are tables.
struct JSONPlan: Sendable {
  struct Sheet: Sendable {
    var name: String
    var header: [String]
    /// The object that is a row.
    var record: Int
    /// The node of each column; −1 for the parent's id.
    var columns: [Int]
    /// The sheet whose rows hold this one's.
    var parent: Int?
    /// The object that is the parent's row, and the node of its id; −1 where it has none.
    var parentRecord = -1
    var parentID = -1
  }

  let tree: JSONTree
  /// See ``JSONTree/records``.
  private let records: [Int]
  /// A file with more tables is a mistake of somebody.
  private static let mostSheets = 1000
  private(set) var sheets: [Sheet] = []
  /// Keys of the document that belong to no sheet: `search_criteria`, `total_count`.
  private(set) var leftOut: [String] = []

  init(
    _ tree: JSONTree, documents: Int, isList: Bool, stem: String
  ) throws(ReadingFailure) {
    self.tree = tree
    records = tree.records
    let roots = try Self.roots(of: tree, documents: documents, isList: isList)
    for root in roots.prefix(Self.mostSheets + 1) {
      let name =
        roots.count == 1 || root == 0 ? Self.name(of: root, in: tree) : Self.key(root, tree)
      add(root, name: name, entity: name.isEmpty ? stem : name, parent: nil)
    }
    guard sheets.count <= Self.mostSheets else {
      throw .noTable(
        reason: "it has more than \(Self.mostSheets) lists of objects",
        help: "are ids used as keys? Write a list of objects, with the id as a value")
    }
    guard !sheets.isEmpty else {
      throw .noTable(
        reason: "its objects hold no values",
        help: "write each row as an object: [{\"id\": 1, \"name\": \"Ann\"}]")
    }
    noteLeftOut(roots)
    try refuseTypedValues()
  }

  /// The objects that are rows and in no other row.
  private static func roots(
    of tree: JSONTree, documents: Int, isList: Bool
  ) throws(ReadingFailure) -> [Int] {
    if isList {
      guard !tree[0].hasScalar || tree[0].element < 0 else {
        throw .noTable(
          reason: "its list mixes objects and single values",
          help: "write each row as an object: [{\"id\": 1, \"name\": \"Ann\"}]")
      }
      guard tree[0].element >= 0 else {
        throw .noTable(
          reason: "its list holds no objects",
          help: "write each row as an object: [{\"id\": 1, \"name\": \"Ann\"}]")
      }
      return [tree[0].element]
    }
    guard documents > 0, !tree[0].children.isEmpty else {
      throw .noTable(
        reason: "there are no objects with keys in it",
        help: "write each row as an object: [{\"id\": 1, \"name\": \"Ann\"}]")
    }
    if documents > 1, !isPage(0, tree) { return [0] }
    return rootsWithin(tree)
  }

  /// The outermost lists of objects, or the objects with an id of their own around them.
  private static func rootsWithin(_ tree: JSONTree) -> [Int] {
    let holdsLists = tree.holdsLists
    var level = [0]
    while !level.isEmpty {
      let records = level.filter { holdsLists[$0] && hasID($0, tree) }
      if !records.isEmpty { return records }
      let children = level.flatMap { tree[$0].children }
      let lists = children.filter { tree[$0].element >= 0 }
      if !lists.isEmpty { return lists.map { tree[$0].element } }
      level = children.filter { tree[$0].isObject }
    }
    return [0]
  }

  /// Whether an object has an id of its own, as a customer has and a page of customers has not.
  private static func hasID(_ node: Int, _ tree: JSONTree) -> Bool {
    tree[node].children.contains { child in
      let key = String(decoding: tree[child].key, as: UTF8.self)
      return tree[child].hasScalar && (key == "email" || key == "sku" || isIDKey(key))
    }
  }

  /// `id`, `order_id`, `orderId`, `orderID`; not `paid`.
  private static func isIDKey(_ key: String) -> Bool {
    key.lowercased() == "id" || ["_id", "Id", "ID"].contains { key.hasSuffix($0) }
  }

  /// Whether each document is a page: it has lists of objects, and besides them only what tells where
  /// in the list it is.
  private static func isPage(_ node: Int, _ tree: JSONTree) -> Bool {
    guard !hasID(node, tree), tree[node].children.contains(where: { tree[$0].element >= 0 }) else {
      return false
    }
    return tree[node].children.filter { tree[$0].hasScalar }.allSatisfy {
      pageWords.contains(String(decoding: tree[$0].key, as: UTF8.self).lowercased())
    }
  }

  private static let pageWords: Set<String> = [
    "total_count", "total", "count", "page", "per_page", "pages", "limit", "offset", "next",
    "previous", "prev", "first", "last", "cursor", "next_cursor", "has_more", "object", "url",
    "status", "success", "message", "size",
  ]

  /// Keys that say nothing of what is in the list.
  private static let generalKeys: Set<String> = [
    "items", "data", "results", "result", "records", "rows", "value", "values", "list", "edges",
    "nodes", "entries", "content", "response",
  ]

  private static func key(_ node: Int, _ tree: JSONTree) -> String { tree.path(node).last ?? "" }

  /// `customers` of `data.customers.items`; nothing of `items`, where the file's name says more.
  private static func name(of node: Int, in tree: JSONTree) -> String {
    tree.path(node).last { !generalKeys.contains($0.lowercased()) } ?? ""
  }

  private mutating func add(
    _ record: Int, name: String, entity: String, parent: Int?, parentRecord: Int = -1,
    of parentEntity: String = ""
  ) {
    var sheet = Sheet(
      name: unique(name), header: [], record: record, columns: [], parent: parent)
    if parentRecord >= 0 {
      sheet.parentRecord = parentRecord
      sheet.parentID = Self.idNode(of: parentRecord, parentEntity, tree)
      sheet.columns = [-1]
      sheet.header = [Self.singular(parentEntity) + "_id"]
    }
    for leaf in leaves(of: record) {
      sheet.columns.append(leaf)
      sheet.header.append(Self.unique(tree.name(leaf, from: record), in: sheet.header))
    }
    // An object that holds nothing but lists is no row of its own.
    let place = sheet.columns.isEmpty ? nil : sheets.count
    if !sheet.columns.isEmpty { sheets.append(sheet) }
    for child in tree.nodes.indices
    where isChild(child, of: record) && sheets.count <= Self.mostSheets {
      let key = Self.key(child, tree)
      add(child, name: key, entity: key, parent: place, parentRecord: record, of: entity)
    }
  }

  private func leaves(of record: Int) -> [Int] {
    tree.nodes.indices.filter { node in
      tree[node].hasScalar && node != record && tree.isInside(node, record)
        && records[node] == records[record]
    }
  }

  /// Whether no other list of objects is between them.
  private func isChild(_ element: Int, of record: Int) -> Bool {
    tree[element].isElement && records[tree[element].parent] == records[record]
      && tree.isInside(tree[element].parent, record)
  }

  /// The id of an object by its keys, however they are spelled: `id`, `order_id`, `orderID`; else the
  /// first key if it is one of an id. The tree has Mongo's `_id: {"$oid": …}` as an object of one value.
  private static func idNode(of record: Int, _ entity: String, _ tree: JSONTree) -> Int {
    let names = ["id", "entityid", folded(singular(entity)) + "id", "incrementid"]
    let children = tree[record].children.compactMap { child in
      tree[child].hasScalar ? child : objectID(child, tree)
    }
    let keys = children.map { node in
      folded(tree[node].hasScalar && key(node, tree) == "$oid" ? "id" : key(node, tree))
    }
    for name in names {
      if let index = keys.firstIndex(of: name) { return children[index] }
    }
    guard let first = children.first, isIDKey(key(first, tree)) else { return -1 }
    return first
  }

  private static func objectID(_ node: Int, _ tree: JSONTree) -> Int? {
    tree[node].children.first { key($0, tree) == "$oid" && tree[$0].hasScalar }
  }

  /// `orderid` of `order_id`, `orderID` and `OrderId`.
  private static func folded(_ key: String) -> String {
    key.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// `customer` of `customers`, `category` of `categories`, `address` of `addresses`.
  private static func singular(_ name: String) -> String {
    if name.hasSuffix("ies"), name.count > 4 { return name.dropLast(3) + "y" }
    for ending in ["sses", "shes", "ches", "xes"] where name.hasSuffix(ending) {
      return String(name.dropLast(2))
    }
    return name.hasSuffix("s") && !name.hasSuffix("ss") ? String(name.dropLast()) : name
  }

  private func unique(_ name: String) -> String { Self.unique(name, in: sheets.map(\.name)) }

  private static func unique(_ name: String, in others: [String]) -> String {
    guard others.contains(name) else { return name }
    return (2...).lazy.map { "\(name)_\($0)" }.first { !others.contains($0) } ?? name
  }

  private mutating func noteLeftOut(_ roots: [Int]) {
    for root in roots where tree[root].isElement && tree[tree[root].parent].hasScalar {
      leftOut.append("single values in '\(Self.key(root, tree))'")
    }
    guard !roots.contains(0), !roots.contains(tree[0].element) else { return }
    leftOut += tree[0].children.filter { child in
      !roots.contains { tree.isInside($0, child) }
    }.map { String(decoding: tree[$0].key, as: UTF8.self) }
  }

  /// `{"id": {"N": "7"}, "name": {"S": "Ann"}}`, as DynamoDB exports rows.
  private func refuseTypedValues() throws(ReadingFailure) {
    let types: Set<String> = ["S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS"]
    for sheet in sheets where sheet.columns.contains(where: { $0 >= 0 }) {
      let keys = sheet.columns.filter { $0 >= 0 }.map {
        String(decoding: tree[$0].key, as: UTF8.self)
      }
      guard keys.allSatisfy(types.contains) else { continue }
      throw .noTable(
        reason: "its values carry DynamoDB's types ({\"S\": \"Ann\"})",
        help: "write plain values: {\"name\": \"Ann\"}")
    }
  }
}

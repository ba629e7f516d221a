/// The places that values have in JSON: `items[].address.city` is a node, however many items there are.
struct JSONTree: Sendable {
  struct Node: Sendable {
    /// `city`; empty for a document and for the objects of a list.
    let key: [UInt8]
    let parent: Int
    /// Lists around it, up to the document.
    let level: Int
    var children: [Int] = []
    /// The node of the objects of a list; −1 where there are none.
    var element = -1
    var hasScalar = false
    var isObject = false
    /// It is the objects of a list.
    var isElement = false
  }

  private(set) var nodes = [Node(key: [], parent: -1, level: 0)]
  private var places: [Key: Int] = [:]
  /// More keys than this are not the columns of a table.
  static let most = 100_000

  private struct Key: Hashable {
    var parent: Int
    var key: [UInt8]
  }

  subscript(node: Int) -> Node {
    get { nodes[node] }
    set { nodes[node] = newValue }
  }

  /// The node of a key of an object; −1 where it was never met. `guess` is where to look first: keys
  /// mostly come in the same order.
  func child(_ node: Int, _ key: [UInt8], guess: Int) -> Int {
    let children = nodes[node].children
    if guess < children.count, nodes[children[guess]].key == key { return children[guess] }
    return places[Key(parent: node, key: key)] ?? -1
  }

  mutating func addChild(_ node: Int, _ key: [UInt8]) -> Int {
    nodes.append(Node(key: key, parent: node, level: nodes[node].level))
    nodes[node].children.append(nodes.count - 1)
    places[Key(parent: node, key: key)] = nodes.count - 1
    return nodes.count - 1
  }

  /// The node of the objects in the list at a node.
  mutating func addElement(_ node: Int) -> Int {
    var element = Node(key: [], parent: node, level: nodes[node].level + 1)
    element.isElement = true
    nodes.append(element)
    nodes[node].element = nodes.count - 1
    return nodes.count - 1
  }

  /// For each node the object of a list that it is in, or is; 0 for what is in none.
  var records: [Int] {
    var records = [Int](repeating: 0, count: nodes.count)
    for node in nodes.indices.dropFirst() {
      records[node] = nodes[node].isElement ? node : records[nodes[node].parent]
    }
    return records
  }

  /// For each node whether a list of objects is within it.
  var holdsLists: [Bool] {
    var holds = [Bool](repeating: false, count: nodes.count)
    for node in nodes.indices.reversed() where nodes[node].parent >= 0 {
      if nodes[node].isElement || holds[node] { holds[nodes[node].parent] = true }
    }
    return holds
  }

  /// `address_city` of `{"address": {"city": …}}` from the object around it, and `_id` of MongoDB's `{"_id": {"$oid": …}}`.
  func name(_ node: Int, from record: Int) -> String {
    let path = path(node, from: record)
    let plain = path.filter { !$0.hasPrefix("$") }
    return (plain.isEmpty ? path : plain).joined(separator: "_")
  }

  func path(_ node: Int, from record: Int = 0) -> [String] {
    var keys: [String] = []
    var node = node
    while node != record, node >= 0 {
      if !nodes[node].key.isEmpty { keys.append(String(decoding: nodes[node].key, as: UTF8.self)) }
      node = nodes[node].parent
    }
    return keys.reversed()
  }

  func isInside(_ node: Int, _ other: Int) -> Bool {
    var node = node
    while node >= 0, node != other { node = nodes[node].parent }
    return node == other
  }
}

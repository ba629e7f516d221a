/// Goes through JSON token by token and knows at which node of the tree it is.
struct JSONWalk: Sendable {
  /// What a token meant.
  enum Step: Sendable {
    case beginObject(Int)
    case endObject(Int)
    case beginArray(Int)
    case endArray(Int)
    /// A value of its own, or null. `isElement`: one of a list of them.
    case scalar(Int, isElement: Bool, JSONTokens.Token)
    /// A key that the object has had before: what it held is void.
    case repeated(Int)
    case end
    /// A node that the tree does not have.
    case unknown
  }

  private struct Frame {
    /// Of the object, or of the list's key.
    var node: Int
    var isObject: Bool
    /// Where the next key is among the children, probably.
    var guess = 0
    /// Counts objects, to tell a key that comes twice.
    var instance = 0
  }

  private(set) var tree: JSONTree
  private let grows: Bool
  private var frames: [Frame] = []
  /// Of the key whose value comes next.
  private var target = 0
  private var instances = 0
  /// For each node the last object that had its key.
  private var seen: [Int]
  private(set) var documentCount = 0
  private var pending: Step?

  /// A walk that makes the tree, or one through a tree that is there.
  init(_ tree: JSONTree = JSONTree(), grows: Bool) {
    self.tree = tree
    self.grows = grows
    seen = [Int](repeating: 0, count: tree.nodes.count)
  }

  mutating func step(_ tokens: inout JSONTokens) throws(ReadingFailure) -> Step {
    if let step = pending {
      pending = nil
      return step
    }
    while true {
      let token = try tokens.next()
      switch token {
      case .end: return .end
      case .key:
        guard let step = take(key: tokens.text) else { continue }
        return step
      case .beginObject: return beginObject()
      case .beginArray: return beginArray()
      case .endObject, .endArray: return close()
      case .string, .number, .yes, .no, .null: return scalar(token)
      }
    }
  }

  /// Nil where nothing is to be said of it.
  private mutating func take(key: [UInt8]) -> Step? {
    let top = frames.count - 1
    let frame = frames[top]
    var node = tree.child(frame.node, key, guess: frame.guess)
    if node < 0 {
      guard grows, tree.nodes.count < JSONTree.most else { return .unknown }
      node = tree.addChild(frame.node, key)
      seen.append(0)
      frames[top].guess = tree[frame.node].children.count
    } else if frame.guess < tree[frame.node].children.count,
      tree[frame.node].children[frame.guess] == node
    {
      frames[top].guess += 1
    } else {
      frames[top].guess = (tree[frame.node].children.firstIndex(of: node) ?? 0) + 1
    }
    target = node
    let isRepeated = seen[node] == frame.instance
    seen[node] = frame.instance
    return isRepeated ? .repeated(node) : nil
  }

  /// Where a value is that begins now: at a key, in a list, or by itself.
  private var place: Int {
    guard let frame = frames.last else { return 0 }
    return frame.isObject ? target : frame.node
  }

  private mutating func beginObject() -> Step {
    if frames.isEmpty { documentCount += 1 }
    var node = place
    if let frame = frames.last, !frame.isObject {
      if tree[node].element < 0 {
        guard grows, tree.nodes.count < JSONTree.most else { return .unknown }
        _ = tree.addElement(node)
        seen.append(0)
      }
      node = tree[node].element
    }
    if grows { tree[node].isObject = true }
    instances += 1
    frames.append(Frame(node: node, isObject: true, instance: instances))
    return .beginObject(node)
  }

  private mutating func beginArray() -> Step {
    if frames.isEmpty { documentCount += 1 }
    let node = place
    frames.append(Frame(node: node, isObject: false))
    return .beginArray(node)
  }

  private mutating func close() -> Step {
    let frame = frames.removeLast()
    return frame.isObject ? .endObject(frame.node) : .endArray(frame.node)
  }

  private mutating func scalar(_ token: JSONTokens.Token) -> Step {
    let node = place
    if grows, token != .null { tree[node].hasScalar = true }
    return .scalar(node, isElement: frames.last?.isObject == false, token)
  }
}

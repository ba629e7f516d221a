/// The changes of definitions that `undo` takes back, oldest first.
///
/// Like ``Growth`` it has two parts: what a workspace keeps and reads when somebody asks, and what came
/// behind that.
public struct ChangeJournal: Sendable {
  /// How many changes a workspace keeps.
  public static let capacity = 50

  /// The changes that a workspace keeps.
  public private(set) var kept: (any KeptChanges)?
  /// How many of them have not been undone.
  public private(set) var keptCount: Int
  public private(set) var added: [DefinitionChange] = []
  /// So many of the first changes are older than data that was loaded since.
  public private(set) var countBeforeLoading: Int

  public init(kept: (any KeptChanges)? = nil, count: Int = 0, beforeLoading: Int = 0) {
    (self.kept, keptCount, countBeforeLoading) = (kept, count, beforeLoading)
  }

  public var count: Int { keptCount + added.count }

  public mutating func append(_ change: DefinitionChange) { added.append(change) }

  /// The last change; nil where there is none. Throws where the workspace can't be read.
  public func last() throws(GrowthError) -> DefinitionChange? {
    if let change = added.last { return change }
    guard keptCount > 0, let kept else { return nil }
    return try kept.change(keptCount - 1)
  }

  /// Whether data was loaded after the last change.
  public var isLastBeforeLoading: Bool { count <= countBeforeLoading }

  public mutating func removeLast() {
    if added.isEmpty { keptCount -= 1 } else { added.removeLast() }
    countBeforeLoading = min(countBeforeLoading, count)
  }

  /// What is undone from here on comes upon other data than it left.
  public mutating func noteLoading() { countBeforeLoading = count }

  /// All of them. Throws where the workspace can't be read.
  public func changes() throws(GrowthError) -> [DefinitionChange] {
    var all: [DefinitionChange] = []
    for place in 0..<keptCount { if let kept { all.append(try kept.change(place)) } }
    return all + added
  }
}

/// Changes that lie elsewhere.
public protocol KeptChanges: AnyObject, Sendable {
  /// The change at an index, from 0, the oldest.
  func change(_ place: Int) throws(GrowthError) -> DefinitionChange
}

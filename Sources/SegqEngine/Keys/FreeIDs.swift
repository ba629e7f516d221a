/// Ids that nothing has yet: `3` and `5` leave 6, 7, …; behind the greatest of all there is none, and then
/// the least that are free follow: 1, 2, 4, …
public struct FreeIDs {
  private let used: Set<Int64>
  private var last: Int64

  public init(beside used: some Sequence<Int64>) {
    self.used = Set(used)
    last = max(0, self.used.max() ?? 0)
  }

  /// The next one, which nobody else gets. O(1), or as many steps as ids in a row are used.
  public mutating func take() -> Int64 {
    repeat { last = last == .max ? 1 : last + 1 } while used.contains(last)
    return last
  }
}

extension [Segment] {
  /// The id that a new segment gets.
  public var nextID: Int {
    var free = FreeIDs(beside: map { Int64($0.id) })
    return Int(free.take())
  }
}

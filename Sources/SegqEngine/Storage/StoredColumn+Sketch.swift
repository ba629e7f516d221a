import SegqRecords
import Synchronization

// What can be said of a column at once, however many rows it has.
extension StoredColumn {
  /// The texts of a column of at most so many, each with its rows, most frequent first; nil where
  /// there are more.
  ///
  /// The rows of each code are found once (``CodeRows``), in O(rows). Who does not wait for that gets
  /// the texts without counts as long as they are not there.
  public func valueCounts(
    atMost most: Int, waits: Bool
  ) -> [(text: String, count: Int?)]? {
    guard let dictionary else {
      return count <= Self.fewRows && type == .text ? countedTexts : nil
    }
    guard dictionary.count <= most else { return nil }
    guard waits || codeRows.areFound || count <= Self.fewRows,
      let counts = codeCounts(.all(count))
    else { return (0..<dictionary.count).map { (dictionary[$0], nil) }.sorted { $0.0 < $1.0 } }
    return (0..<dictionary.count).map { (dictionary[$0], Int(counts[$0])) }
      .filter { $0.1 > 0 }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// The least and greatest number, exactly, and the middle one of a sample of 1,023 rows; nil for
  /// texts, and where there are no numbers. In units of the type.
  ///
  /// It is made once; in a workspace the sample touches every block of the column. Who does not wait
  /// for that gets nothing as long as it is not there.
  public func sketch(waits: Bool) -> ColumnSketch? {
    guard let numbers else { return nil }
    if let sketch = sketchOnce.found { return sketch }
    guard waits || count <= Self.fewRows else { return nil }
    let all = numbers.zone
    let step = max(1, count / 1023)
    let sample = stride(from: 0, to: count, by: step).filter { !isNull($0) }.map { numbers[$0] }
    guard !all.isEmpty, !sample.isEmpty else { return nil }
    return sketchOnce.find(
      ColumnSketch(least: all.low, median: sample.sorted()[sample.count / 2], greatest: all.high))
  }

  /// So many rows are counted while somebody waits for a key.
  private static let fewRows = 2_000

  private var countedTexts: [(text: String, count: Int?)] {
    var counts: [String: Int] = [:]
    for row in 0..<count {
      if case .text(let text) = self[row] { counts[text, default: 0] += 1 }
    }
    return counts.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }
}

/// What the numbers of a column are like.
public struct ColumnSketch: Sendable {
  public let least: Int64
  public let median: Int64
  public let greatest: Int64
}

/// A sketch, once somebody has waited for it.
final class SketchOnce: Sendable {
  private final class Box: Sendable {
    let sketch: ColumnSketch
    init(_ sketch: ColumnSketch) { self.sketch = sketch }
  }

  private let box = AtomicLazyReference<Box>()

  var found: ColumnSketch? { box.load()?.sketch }

  func find(_ sketch: ColumnSketch) -> ColumnSketch { box.storeIfNil(Box(sketch)).sketch }
}

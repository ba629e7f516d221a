import SegqRecords
import Synchronization

/// The texts of a heap that are not all ASCII, folded: what a search without regard to case looks at
/// instead of their bytes.
///
/// They are folded when a search first comes to their row group. Workers that come to it at the same
/// time both do it, and one's work is kept.
final class FoldedTexts: Sendable {
  /// The foreign texts of one row group.
  final class Group: Sendable {
    /// Ascending, counted from the first of the group.
    let rows: [UInt16]
    let texts: TextHeap

    init(of heap: TextHeap, _ range: Range<Int>) {
      var rows: [UInt16] = []
      var folded = TextVector()
      heap.foreignRows(range).forEachSet { row in
        rows.append(UInt16(truncatingIfNeeded: row))
        TextFolding.append(heap.text(range.lowerBound + row)[...], to: &folded.bytes)
        folded.endText()
      }
      self.rows = rows
      texts = TextHeap(folded: folded)
    }

    /// The place of the first row that is `row` or behind it.
    func place(of row: Int) -> Int {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rows[middle] < row { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  private final class Slot: Sendable {
    let group = AtomicLazyReference<Group>()
  }

  private let slots: [Slot]

  init(rowCount: Int) {
    slots = stride(from: 0, to: rowCount, by: Self.groupSize).map { _ in Slot() }
  }

  static let groupSize = RowSelection.groupSize

  func group(_ number: Int, of heap: TextHeap) -> Group {
    if let group = slots[number].group.load() { return group }
    let start = number * Self.groupSize
    let group = Group(of: heap, start..<min(start + Self.groupSize, heap.count))
    return slots[number].group.storeIfNil(group)
  }
}

import SegqBytes
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

// Pairs of segments as a picture.
extension Session {
  /// `overlap 1, 2, 5` on a terminal is a picture, unless its rows are asked for, or it does not fit.
  func showsHeatMap(of answer: Answer, for query: Query) throws(ShellError) -> Bool {
    guard case .overlap = query.subject, query.isPlain, output.isTerminal, settings.format == nil,
      let map = try heatMap(of: answer), map.width <= Terminal.size?.columns ?? 0
    else { return false }
    var bytes: [UInt8] = []
    map.append(to: &bytes, usesColor: options.color.isOn(isTerminal: true))
    do throws(SystemError) { try output.write(bytes, as: .styled) } catch {
      throw ShellError(writing: output.name, error)
    }
    return true
  }

  /// Of the rows of an overlap: a, b, customers_a, customers_b, shared.
  private func heatMap(of answer: Answer) throws(ShellError) -> HeatMap? {
    let batch: RecordBatch
    do throws(EngineError) { batch = try answer.batch(0..<answer.rowCount) } catch {
      throw ShellError(error)
    }
    let names = answer.schema.fields.map(\.name)
    func numbers(_ name: String) -> [Int] {
      guard let column = names.firstIndex(of: name) else { return [] }
      return (0..<batch.rowCount).map { Int(batch.columns[column][$0].number ?? 0) }
    }
    let pairs = zip(numbers("a"), numbers("b"))
    var sizes: [Int: Int] = [:]
    for (pair, size) in zip(pairs, zip(numbers("customers_a"), numbers("customers_b"))) {
      sizes[pair.0] = size.0
      sizes[pair.1] = size.1
    }
    var shared: [[Int]: Int] = [:]
    for (pair, count) in zip(pairs, numbers("shared")) {
      shared[[pair.0, pair.1]] = count
      shared[[pair.1, pair.0]] = count
    }
    let ids = batch.rowCount == 0 ? [] : ([numbers("a")[0]] + numbers("b")).uniqued
    guard ids.count > 1 else { return nil }
    let segments = Dictionary(catalog.segments.map { ($0.id, $0.name) }) { first, _ in first }
    return HeatMap(
      ids.map { HeatMap.Group(id: String($0), name: segments[$0] ?? "", size: sizes[$0] ?? 0) },
      shared: ids.map { a in ids.map { b in a == b ? sizes[a] ?? 0 : shared[[a, b]] ?? 0 } })
  }
}

extension Query {
  /// Nothing is said of its rows or of how they are written.
  fileprivate var isPlain: Bool {
    filter == nil && ordering.isEmpty && limit == nil && offset == nil && sample == nil
      && output.isEmpty
  }
}

extension [Int] {
  fileprivate var uniqued: [Int] {
    var seen: Set<Int> = []
    return filter { seen.insert($0).inserted }
  }
}

import SegqRecords
import Testing

@testable import SegqEngine

@Suite("Dictionaries hold what rows have")
struct DictionaryTests {
  /// The texts that a coded column names, of codes into `texts`; nil is null, and has the first code.
  private static func column(_ codes: [Int32?], _ texts: [String]) -> StoredColumn {
    var dictionary = TextVector()
    for text in texts { dictionary.append(Array(text.utf8)[...]) }
    var nulls = Bitmap(count: codes.count)
    for (row, code) in codes.enumerated() where code == nil { nulls[row] = true }
    return StoredColumn(
      ColumnVector(
        type: .text, storage: .coded(codes.map { $0 ?? 0 }, dictionary),
        nulls: codes.contains(nil) ? nulls : nil))
  }

  private static func texts(_ column: StoredColumn) -> [String] {
    (0..<(column.dictionary?.count ?? 0)).map { column.dictionary?[$0] ?? "?" }
  }

  @Test(
    "The text whose code lies in the place of a null is no value",
    arguments: [
      ([nil, 1, 2], ["1", "2"]), ([1, nil], ["1"]), ([nil, nil], []), ([0, nil], [""]),
      ([2, 2], ["2"]), ([], []),
    ] as [([Int32?], [String])])
  func placeholder(_ codes: [Int32?], _ texts: [String]) {
    let column = Self.column(codes, ["", "1", "2"])
    #expect(Self.texts(column) == texts)
    let values = (0..<codes.count).map { column[$0] }
    #expect(values == codes.map { code in code.map { .text(["", "1", "2"][Int($0)]) } ?? .null })
    let counts = column.valueCounts(atMost: 9, waits: true)
    #expect(Set(counts?.map(\.text) ?? []) == Set(texts))
    #expect(column.vector(0..<codes.count).count == codes.count)
  }

  @Test("A column of nulls alone gives nulls, in rows and in vectors")
  func allNull() {
    let column = Self.column([nil, nil, nil], [""])
    let vector = column.vector([2, 0])
    #expect(vector[0] == .null && vector[1] == .null)
    #expect(column.codeCounts(.all(3)) == [3])
  }
}

import Foundation
import SegqEngine
import SegqRecords
import SegqSystem
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("A column file") struct ColumnFileTests {
    @Test("The checksum is CRC32C")
    func checksum() {
      #expect(Checksum.of(Array("123456789".utf8)) == 0xE306_9283)
      #expect(Checksum.of([]) == 0)
    }

    @Test(
      "Its length tells where its checksums begin", arguments: [1, 2, 3, 4, 5, 9, 4097, 75_000])
    func length(pages: Int) {
      let size = pages * ColumnFile.pageSize
      let length = size + ColumnFile.checkCount(size) * 4 + ColumnFile.footerSize
      #expect(ColumnFile.checkedSize(ofLength: length) == size)
      #expect(ColumnFile.checkedSize(ofLength: length - 1) == nil)
    }

    private func written(_ pieces: [Piece], in folder: String) throws -> MappedFile {
      let path = folder + "/1.seg"
      let seal = try ColumnFileWriter.write(pieces, number: 1, to: path) { _ in true }
      #expect(try Data(contentsOf: URL(filePath: path)).count == seal.length)
      return try MappedFile(path, number: 1, seal)
    }

    private static let integers: [[Int64?]] = [
      [], [3, nil, -7], (0..<200_000).map { $0 }, [.min, .max], [70_000, 5],
    ]
    private static let texts: [[String?]] = [
      [], ["", nil, "Zoë", "b"], (0..<50_000).map { "text \($0)" },
    ]
    private static let coded = ColumnVector(
      type: .text, storage: .coded([0, 1, 1, 0, 0], TextVector(["a", "Zoë"])),
      nulls: Bitmap(words: [8], count: 5))

    @Test(
      "A column comes back as it was",
      arguments: integers.map { ColumnVector.integers($0) } + texts.map { ColumnVector.texts($0) }
        + [coded])
    func column(vector: ColumnVector) throws {
      try withFolder { folder in
        let column = StoredColumn(vector)
        let file = try written(column.pieces, in: folder)
        let read = try #require(
          StoredColumn(file.pieces(), type: vector.type, rowCount: vector.count))
        #expect((0..<vector.count).allSatisfy { read[$0] == vector[$0] })
        #expect((read.dictionary == nil) == (column.dictionary == nil))
        #expect(StoredColumn(file.pieces(), type: vector.type, rowCount: vector.count + 1) == nil)
      }
    }

    @Test("Sets of all three forms come back, several from one file")
    func sets() throws {
      try withFolder { folder in
        let sets = [
          RowSet(ascending: [5, 900], rowCount: 100_000),
          RowSet(ascending: (0..<50_000).map { Int32($0 * 2) }, rowCount: 100_000),
          RowSet(ascending: (100..<90_000).map { Int32($0) }, rowCount: 100_000),
        ]
        let pieces = sets.enumerated().flatMap { $1.pieces(owner: UInt32($0)) }
        let file = try written(pieces, in: folder)
        for (owner, set) in sets.enumerated() {
          let read = try #require(
            RowSet(file.pieces(owner: UInt32(owner)), rowCount: 100_000, count: set.count))
          #expect(read.rows == set.rows)
        }
      }
    }

    @Test("A file that is there already is not written over")
    func twice() throws {
      try withFolder { folder in
        _ = try written([], in: folder)
        #expect(throws: SystemError.self) { try written([], in: folder) }
      }
    }
  }
}

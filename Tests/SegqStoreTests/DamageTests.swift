import Foundation
import SegqEngine
import SegqRecords
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("Damage") struct DamageTests {
    private let texts = StoredColumn(.texts((0..<60_000).map { "text \($0)" }))

    /// What is read of a column of texts of which one byte was changed.
    private func read(flipping offset: Int, _ body: (StoredColumn) -> Void) throws {
      try withFolder { folder in
        let path = folder + "/3.seg"
        let seal = try ColumnFileWriter.write(texts.pieces, number: 3, to: path) { _ in true }
        try flip(path, at: offset)
        let file = try MappedFile(path, number: 3, seal)
        let column = try #require(StoredColumn(file.pieces(), type: .text, rowCount: texts.count))
        Damage.forget()
        body(column)
        Damage.forget()
      }
    }

    @Test("A block is checked when it is first touched, and no sooner")
    func touch() throws {
      try read(flipping: 200_000) { column in
        #expect(column[0] == .text("text 0"))
        #expect(!Damage.isFound)
        _ = (0..<column.count).map { column[$0] }
        #expect(Damage.found.map(\.file) == [3])
        #expect(Damage.found.map(\.offset) == [UInt64(200_000 / 16_384 * 16_384)])
      }
    }

    @Test("Damaged offsets stay in order, wherever they are")
    func offsets() throws {
      let (places, end) = ColumnFile.places(of: texts.pieces)
      for offset in stride(from: places[1].offset, to: end, by: 30_000) {
        try read(flipping: offset) { column in
          #expect((0..<column.count).allSatisfy { column[$0] != .null })
          #expect(Damage.isFound)
        }
      }
    }

    @Test("Damaged checksums make all that they stand for damaged")
    func checksums() throws {
      let end = ColumnFile.places(of: texts.pieces).end
      try read(flipping: end + 8) { column in
        _ = column[0]
        #expect(Damage.isFound)
      }
    }

    @Test("A damaged header is no file")
    func header() throws {
      #expect(throws: MappingError.self) { try read(flipping: 40) { _ in } }
    }
  }
}

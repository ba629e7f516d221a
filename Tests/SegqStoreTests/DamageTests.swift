import Foundation
import SegqEngine
import SegqRecords
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("Damage") struct DamageTests {
    private let texts = StoredColumn(.texts((0..<60_000).map { "text \($0)" }))

    /// What is read of a column of texts of which one byte was changed, counted from the end where
    /// negative.
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

    /// Where the packed offsets begin in the file, and where the checksums do.
    private var packed: Range<Int> {
      get throws {
        try withFolder { folder in
          let path = folder + "/3.seg"
          _ = try ColumnFileWriter.write(texts.pieces, number: 3, to: path) { _ in true }
          let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
          let size = try #require(ColumnFile.Directory.size(endingWith: bytes))
          let directory = try #require(
            ColumnFile.Directory(Array(bytes.suffix(size)), number: 3, length: bytes.count))
          return directory.plainSize..<directory.checksOffset
        }
      }
    }

    @Test("Damaged offsets stay in order, wherever they are")
    func offsets() throws {
      let packed = try packed
      for offset in stride(from: packed.lowerBound, to: packed.upperBound, by: 2_000) {
        try read(flipping: offset) { column in
          #expect((0..<column.count).allSatisfy { column[$0] != .null })
          #expect(Damage.isFound)
        }
      }
    }

    @Test("A damaged block is told by where it lies in the file")
    func place() throws {
      let packed = try packed
      try read(flipping: packed.upperBound - 1) { column in
        #expect(column[0] == .text("text 0"))
        #expect(!Damage.isFound)
        _ = column[column.count - 1]
        let found = Damage.found.map { Int($0.offset) }
        #expect(found.count == 1 && packed.contains(found[0]) && found[0] > packed.lowerBound)
      }
    }

    @Test("Damaged checksums make all that they stand for damaged")
    func checksums() throws {
      try read(flipping: try packed.upperBound + 8) { column in
        _ = column[0]
        #expect(Damage.isFound)
      }
    }

    @Test("Where nulls are damaged and codes are not, a text is read all the same")
    func nulls() throws {
      try withFolder { folder in
        let texts = (0..<300).map { $0 % 3 == 0 ? nil : ["a", "b"][$0 % 2] }
        var vector = ColumnVector(
          type: .text,
          storage: .coded(
            texts.map { $0 == "b" ? 1 : 0 }, TextVector(["a", "b"])),
          nulls: Bitmap(count: 300))
        for row in texts.indices where texts[row] == nil { vector.nulls?[row] = true }
        let path = folder + "/1.seg"
        let seal = try ColumnFileWriter.write(
          StoredColumn(vector).pieces, number: 1, to: path
        ) { _ in true }
        try flip(path, at: 3_000)
        let file = try MappedFile(path, number: 1, seal)
        let column = try #require(StoredColumn(file.pieces(), type: .text, rowCount: 300))
        Damage.forget()
        #expect((0..<300).allSatisfy { column[$0] == .text("") || column[$0] == .null })
        #expect(Damage.isFound)
        Damage.forget()
      }
    }

    @Test("A damaged directory is no file", arguments: [1, 6, 20, 60, 110])
    func directory(fromEnd distance: Int) throws {
      #expect(throws: MappingError.self) {
        try read(flipping: -distance) { _ in }
      }
    }
  }
}

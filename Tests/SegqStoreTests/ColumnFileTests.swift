import Dispatch
import Foundation
import SegqEngine
import SegqRecords
import SegqSystem
import Synchronization
import Testing

@testable import SegqStore

extension StoreTests {
  @Suite("A column file") struct ColumnFileTests {
    @Test("The checksum is CRC32C")
    func checksum() {
      #expect(Checksum.of(Array("123456789".utf8)) == 0xE306_9283)
      #expect(Checksum.of([]) == 0)
    }

    private func written(_ pieces: [Piece], in folder: String) throws -> MappedFile {
      let path = folder + "/1.seg"
      let seal = try ColumnFileWriter.write(pieces, number: 1, to: path) { _ in true }
      #expect(try Data(contentsOf: URL(filePath: path)).count == seal.length)
      return try MappedFile(path, number: 1, seal)
    }

    private static let integers: [[Int64?]] = [
      [], [3, nil, -7], (0..<200_000).map { $0 }, [.min, .max], [70_000, 5],
      // The last block is full, so that what may be read behind it is one more.
      (0..<65_536).map { $0 % 200 }, (0..<40_000).map { $0 % 7_919 * 100 },
      (0..<30_000).map { $0 % 3 << 40 | $0 }, (0..<20_000).map { 1_700_000_000 - $0 * 86_399 },
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

    @Test("Numbers take as few bits as they need; ids that follow upon each other next to none")
    func packed() throws {
      try withFolder { folder in
        func size(_ name: String, _ number: (Int64) -> Int64) throws -> Int {
          let column = StoredColumn(.integers((0..<200_000).map(number)))
          let path = "\(folder)/\(name)"
          return try ColumnFileWriter.write(column.pieces, number: 1, to: path) { _ in true }.length
        }
        #expect(try size("ids") { 7_000_000 + $0 } < 12_000)
        #expect(try size("amounts") { $0 * 7_919 % 1000 * 100_000 } < 530_000)
        #expect(try size("few") { $0 * 7_919 % 5 } < 200_000 / 2)
        let noise = try size("any") { $0 &* 6_364_136_223_846_793_005 }
        #expect(noise > 200_000 * 8 && noise < 200_000 * 8 + 20_000)
      }
    }

    @Test("Threads that touch the same blocks at once read the same")
    func threads() throws {
      try withFolder { folder in
        let numbers = (0..<300_000).map { Int64($0 * 7_919 % 65_537) }
        let file = try written(StoredColumn(.integers(numbers)).pieces, in: folder)
        let read = try #require(
          StoredColumn(file.pieces(), type: .integer, rowCount: numbers.count))
        let isRight = Mutex(true)
        DispatchQueue.concurrentPerform(iterations: 16) { thread in
          for row in stride(from: thread, to: numbers.count, by: 61)
          where read[row] != .integer(numbers[row]) {
            isRight.withLock { $0 = false }
          }
        }
        #expect(isRight.withLock { $0 })
        #expect(!Damage.isFound)
      }
    }

    @Test("What lies in a file already is written as it lies, and what is damaged there is noted")
    func copied() throws {
      try withFolder { folder in
        for vector in Self.integers.map({ ColumnVector.integers($0) }) + [Self.coded] {
          let file = try written(StoredColumn(vector).pieces, in: folder)
          let column = try #require(
            StoredColumn(file.pieces(), type: vector.type, rowCount: vector.count))
          #expect(ColumnFileCopy(of: StoredColumn(vector).pieces) == nil)
          #expect(ColumnFileCopy(of: Array(column.pieces.dropLast())) == nil)
          let copy = try #require(ColumnFileCopy(of: column.pieces))
          let (path, other) = (folder + "/2.seg", folder + "/3.seg")
          let seal = try copy.write(number: 2, to: path) { _ in true }
          let again = try ColumnFileWriter.write(column.pieces, number: 2, to: other) { _ in true }
          #expect(seal == again)
          #expect(
            try Data(contentsOf: URL(filePath: path)) == Data(contentsOf: URL(filePath: other)))
          #expect(!Damage.isFound)
          for name in ["1", "2", "3"] {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name).seg")
          }
        }
        let path = folder + "/1.seg"
        let seal = try ColumnFileWriter.write(
          StoredColumn(Self.coded).pieces, number: 1, to: path
        ) { _ in true }
        try flip(path, at: 3)
        let file = try MappedFile(path, number: 1, seal)
        let column = try #require(StoredColumn(file.pieces(), type: .text, rowCount: 5))
        let copy = ColumnFileCopy(of: column.pieces)
        _ = try copy?.write(number: 2, to: folder + "/2.seg") { _ in true }
        #expect(Damage.isFound)
        Damage.forget()
      }
    }

    @Test("What nobody touched is copied as it is read, and what is damaged as it is replaced")
    func untouched() throws {
      let vectors =
        Self.integers.dropFirst().map { ColumnVector.integers($0) } + [.texts(Self.texts[2])]
      for (number, vector) in vectors.enumerated() {
        for damage in [nil, 9, 30_000] {
          try withFolder { folder in
            let pieces = StoredColumn(vector).pieces
            let path = folder + "/1.seg"
            let seal = try ColumnFileWriter.write(pieces, number: 1, to: path) { _ in true }
            if let damage { try flip(path, at: damage % (seal.length / 2)) }
            Damage.forget()
            let (file, other) = (
              try MappedFile(path, number: 1, seal), try MappedFile(path, number: 1, seal)
            )
            for (piece, read) in zip(file.pieces(), other.pieces()) {
              let size = piece.memory.count
              for start in [0, size / 3 / 8 * 8, min(65_536, size), 65_536 % (size + 1)] {
                for end in [size, start + (size - start) / 2, min(start + 65_536, size)] {
                  var copy = [UInt8](repeating: 9, count: end - start)
                  unsafe copy.withUnsafeMutableBytes {
                    guard let out = $0.baseAddress else { return }
                    unsafe file.copy(piece.memory.pointer + start, byteCount: end - start, to: out)
                  }
                  #expect((start..<end).allSatisfy { copy[$0 - start] == read.memory.span[$0] })
                }
              }
            }
            #expect(Damage.isFound == (damage != nil), "\(number)")
            Damage.forget()
          }
        }
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

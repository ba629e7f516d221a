import SegqEngine
import SegqRecords

// Columns as pieces, and back.

extension StoredColumn: StoredValues {
  var identity: StoredIdentity {
    switch storage {
    case .numbers(let numbers), .coded(let numbers, _):
      StoredIdentity(place: numbers.zones.place)
    case .texts(let heap): StoredIdentity(place: heap.offsets.place)
    }
  }

  var pieces: [Piece] {
    let values: [Piece] =
      switch storage {
      case .numbers(let numbers): numbers.pieces
      case .texts(let heap): [Piece(.texts, of: heap.bytes), Piece(.textOffsets, of: heap.offsets)]
      case .coded(let codes, let dictionary): codes.pieces + dictionary.pieces
      }
    return values + (nulls.map { [Piece(.nulls, of: $0.words)] } ?? []) + (index?.pieces ?? [])
  }

  /// A column of so many rows; nil where a piece is missing or of another size.
  init?(_ pieces: [Piece], type: DataType, rowCount: Int) {
    func memory(_ kind: Piece.Kind) -> Memory<UInt8>? {
      pieces.first { $0.kind == kind }?.memory
    }
    func heap(_ bytes: Piece.Kind, _ offsets: Piece.Kind) -> TextHeap? {
      guard let bytes = memory(bytes), let offsets = memory(offsets), offsets.count >= 4 else {
        return nil
      }
      return TextHeap(bytes: bytes, offsets: Memory(in: offsets))
    }
    let nulls = memory(.nulls).map { NullRows(words: Memory(in: $0), count: rowCount) }
    let storage: Storage
    if let heap = heap(.texts, .textOffsets) {
      storage = .texts(heap)
    } else if let numbers = PackedNumbers(pieces, rowCount: rowCount) {
      storage =
        heap(.dictionaryTexts, .dictionaryOffsets).map {
          .coded(numbers, TextDictionary(stored: $0))
        } ?? .numbers(numbers)
    } else {
      return nil
    }
    self.init(type: type, storage: storage, nulls: nulls)
    if let starts = memory(.indexStarts), let rows = memory(.indexRows) {
      guard let index = TextIndex(starts: Memory(in: starts), rows: Memory(in: rows)) else {
        return nil
      }
      self.index = index
    }
    guard count == rowCount, nulls.map({ $0.words.count == (rowCount + 63) >> 6 }) ?? true else {
      return nil
    }
  }
}

extension TextIndex {
  fileprivate var pieces: [Piece] {
    [Piece(.indexStarts, of: starts), Piece(.indexRows, of: rows)]
  }
}

extension TextDictionary {
  fileprivate var pieces: [Piece] {
    let texts = texts
    return [
      Piece(.dictionaryTexts, of: Memory(texts.bytes)),
      Piece(.dictionaryOffsets, of: Memory(texts.offsets)),
    ]
  }
}

extension PackedNumbers {
  fileprivate var pieces: [Piece] {
    let values =
      switch storage {
      case .bytes(let values): Piece(.numbers, base: base, of: values)
      case .halves(let values): Piece(.numbers, base: base, of: values)
      case .words(let values): Piece(.numbers, base: base, of: values)
      case .whole(let values): Piece(.numbers, base: base, of: values)
      }
    return [values, Piece(.zones, of: zones)]
  }

  fileprivate init?(_ pieces: [Piece], rowCount: Int) {
    guard let values = pieces.first(where: { $0.kind == .numbers }),
      let zones = pieces.first(where: { $0.kind == .zones }),
      let storage = Storage(values.memory, width: values.width),
      values.memory.count == rowCount * values.width
    else { return nil }
    self.init(
      base: values.base, storage: storage, zones: Memory(in: zones.memory), count: rowCount)
  }
}

extension PackedNumbers.Storage {
  fileprivate init?(_ memory: Memory<UInt8>, width: Int) {
    switch width {
    case 1: self = .bytes(memory)
    case 2: self = .halves(Memory(in: memory))
    case 4: self = .words(Memory(in: memory))
    case 8: self = .whole(Memory(in: memory))
    default: return nil
    }
  }
}

import SegqEngine

/// What lies in a column file: memory of the engine, and what to take it for.
///
/// The column `total` of orders is two pieces: `numbers` of four bytes each with a base of 0, and the
/// `zones` of its row groups.
struct Piece: Sendable {
  let kind: Kind
  /// How many bytes each value takes.
  let width: Int
  /// What is added to each number.
  var base: Int64 = 0
  /// Whose it is, where a file holds the pieces of several: the id of a segment.
  var owner: UInt32 = 0
  let memory: Memory<UInt8>

  /// The numbers stand in files.
  enum Kind: UInt16, Sendable, CaseIterable {
    /// Numbers less a base; of a coded column its codes.
    case numbers = 1
    /// The least and the greatest number of each 65,536 rows.
    case zones = 2
    /// Texts end to end, in UTF-8.
    case texts = 3
    /// Where each text begins, and where the last ends.
    case textOffsets = 4
    /// A bit a row, set where the value is null.
    case nulls = 5
    /// The texts that codes name.
    case dictionaryTexts = 6
    case dictionaryOffsets = 7
    /// Where the children of each row of the parent begin, and where those of the last end.
    case childOffsets = 8
    /// A set of rows, a bit a row.
    case setWords = 9
    /// A set of rows, the rows.
    case setRows = 10
    /// A set of rows, where each run begins and where it ends.
    case setRuns = 11
    /// How many rows are in the set before each 1,024 words or edges, and in all.
    case setRanks = 12
    /// Where the rows of each bucket of an index of texts begin, and where those of the last end.
    case indexStarts = 13
    /// These rows.
    case indexRows = 14

    /// Whether numbers of 32 bits never descend in it.
    var ascends: Bool {
      switch self {
      case .textOffsets, .dictionaryOffsets, .childOffsets, .setRows, .setRuns, .setRanks,
        .indexStarts:
        true
      case .numbers, .zones, .texts, .nulls, .dictionaryTexts, .setWords, .indexRows: false
      }
    }

    /// Whether a file holds it in as few bits a number as it takes. Texts and sets lie there as they
    /// do in memory, so that the system can give their memory to others.
    var isPacked: Bool {
      switch self {
      case .numbers, .textOffsets, .childOffsets, .indexStarts, .indexRows: true
      case .zones, .texts, .nulls, .dictionaryTexts, .dictionaryOffsets, .setWords, .setRows,
        .setRuns, .setRanks:
        false
      }
    }
  }

  init(_ kind: Kind, width: Int, base: Int64 = 0, owner: UInt32 = 0, _ memory: Memory<UInt8>) {
    self.kind = kind
    self.width = width
    self.base = base
    self.owner = owner
    self.memory = memory
  }

  init<Element>(_ kind: Kind, base: Int64 = 0, owner: UInt32 = 0, of values: Memory<Element>) {
    self.init(
      kind, width: MemoryLayout<Element>.stride, base: base, owner: owner, values.bytes)
  }
}

/// A column, a link to a parent or a set of rows: what is kept in files.
protocol StoredValues: Sendable {
  var identity: StoredIdentity { get }
}

/// Tells stored values apart from any others that there are at the same time.
struct StoredIdentity: Hashable, Sendable {
  /// Where they lie in memory.
  let place: UInt
  /// The segment whose members they are.
  var owner: Int?
}

extension Memory {
  /// Where it lies.
  var place: UInt { unsafe UInt(bitPattern: pointer) }
}

/// Why the bytes of a file end before their end.
public enum SourceFailure: Error, Sendable, Hashable {
  case interrupted
  /// The operating system refused, with the code of `errno` and its words.
  case system(code: Int32, message: String)
  /// A compressed file ends in the middle of its data.
  case cutShort(Container)
  /// Compressed data contradicts itself or its checksum.
  case damaged(Container, detail: String)
  /// A zip entry that is encrypted, or packed in a way other than deflate.
  case unsupported(Container, detail: String)
  /// Size or modification time are not those of the beginning.
  case changed
  /// The bytes of a pipe must be kept for a second pass, and there is no room for them.
  case noRoom(folder: String, message: String)

  /// `the gzip data is cut short`, to be put behind the name of the file.
  public var message: String {
    switch self {
    case .interrupted: "interrupted"
    case .system(_, let message): message
    case .cutShort(let container): "the \(container.rawValue) data is cut short"
    case .damaged(let container, let detail): "the \(container.rawValue) data is damaged: \(detail)"
    case .unsupported(let container, let detail): "\(container.rawValue): \(detail)"
    case .changed: "the file changed while it was read"
    case .noRoom(let folder, let message):
      "the bytes of the pipe don't fit in \(folder): \(message)"
    }
  }

  /// The way out, where there is one.
  public var help: String? {
    switch self {
    case .interrupted, .system: nil
    case .cutShort: "copy or download the file again; no row of it was loaded"
    case .damaged: "copy or download the file again; no row of it was loaded"
    case .unsupported: "unpack it first, and load what was in it"
    case .changed: "load it again, when the program that writes it is done"
    case .noRoom: "set TMPDIR to a folder with more room, or write the pipe to a file and load that"
    }
  }
}

/// What bytes may be packed in.
public enum Container: String, Sendable, Hashable, CaseIterable {
  case gzip
  case zstd
  case zip

  /// Tells it by the first bytes; nil where they are not packed.
  public init?(head: [UInt8]) {
    if head.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || Self.isSkippableFrame(head) {
      self = .zstd
    } else if head.starts(with: [0x50, 0x4B, 3, 4]) || head.starts(with: [0x50, 0x4B, 5, 6]) {
      self = .zip
    } else {
      return nil
    }
  }

  /// A frame of zstd that holds no data, as `pzstd` writes them.
  private static func isSkippableFrame(_ head: [UInt8]) -> Bool {
    head.count >= 4 && head[0] & 0xF0 == 0x50 && head[1...3].elementsEqual([0x2A, 0x4D, 0x18])
  }

  /// Endings that only say how a file is packed: `orders.csv.gz`.
  public var endings: [String] {
    switch self {
    case .gzip: [".gz", ".gzip"]
    case .zstd: [".zst", ".zstd"]
    case .zip: [".zip"]
    }
  }
}

import SegqSystem

/// What `set memory_limit` says.
enum MemoryChoice: Equatable {
  /// Four fifths of what the machine or its cgroup has.
  case auto
  case off
  case bytes(MemorySize)

  init?(_ text: String) {
    switch text.lowercased() {
    case "auto": self = .auto
    case "off": self = .off
    default:
      // Less would not hold the program itself.
      guard let size = MemorySize(text), size.bytes >= 1_000_000 else { return nil }
      self = .bytes(size)
    }
  }

  var text: String {
    switch self {
    case .auto: "auto"
    case .off: "off"
    case .bytes(let size): size.text
    }
  }

  var limit: MemoryLimit? {
    switch self {
    case .auto: MemoryLimit(bytes: Self.usual)
    case .off: nil
    case .bytes(let size): MemoryLimit(bytes: size.bytes)
    }
  }

  private static let usual = MemoryRoom.bytes / 5 * 4
}

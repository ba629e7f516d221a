import SegqBytes
import Synchronization

/// UTF-16, as Excel's 'Unicode Text' and PowerShell write it, told by its mark or by the zeros between
/// its letters.
enum TextEncoding: Sendable {
  case utf16LittleEndian
  case utf16BigEndian

  /// Nil where it is UTF-8, or one byte a letter.
  init?(head: [UInt8]) {
    if head.starts(with: ByteOrderMark.utf16LittleEndian) {
      self = .utf16LittleEndian
    } else if head.starts(with: ByteOrderMark.utf16BigEndian) {
      self = .utf16BigEndian
    } else {
      let pairs = head.prefix(64).count / 2
      guard pairs >= 2 else { return nil }
      let zeros = (0..<pairs).map { (first: head[2 * $0] == 0, second: head[2 * $0 + 1] == 0) }
      let few = pairs / 4
      if zeros.count(where: \.second) >= pairs - few, zeros.count(where: \.first) <= few / 2 {
        self = .utf16LittleEndian
      } else if zeros.count(where: \.first) >= pairs - few,
        zeros.count(where: \.second) <= few / 2
      {
        self = .utf16BigEndian
      } else {
        return nil
      }
    }
  }

  /// The same text in UTF-8.
  func utf8(_ source: any ByteSource) -> any ByteSource {
    StreamedSource(size: source.size, of: source) { UTF16Stream(source, self) }
  }

  /// Half of a pair that stands alone becomes U+FFFD.
  private final class UTF16Stream: ByteStream {
    private let source: any ByteSource
    private let encoding: TextEncoding
    private let state = Mutex(State())

    private struct State {
      var offset = 0
      var raw = [UInt8](repeating: 0, count: 1 << 16)
      var ready: [UInt8] = []
      var taken = 0
      /// A first half, whose second comes with the next bytes.
      var pending: [UInt16] = []
      var isAtEnd = false
    }

    init(_ source: any ByteSource, _ encoding: TextEncoding) {
      self.source = source
      self.encoding = encoding
    }

    func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SourceFailure) -> Int {
      try state.withLock { state throws(SourceFailure) in
        var at = range.lowerBound
        while at < range.upperBound {
          if state.taken == state.ready.count {
            guard !state.isAtEnd else { break }
            try fill(&state)
            continue
          }
          let count = min(range.upperBound - at, state.ready.count - state.taken)
          buffer.replaceSubrange(
            at..<at + count, with: state.ready[state.taken..<state.taken + count])
          at += count
          state.taken += count
        }
        return at - range.lowerBound
      }
    }

    private func fill(_ state: inout State) throws(SourceFailure) {
      let count = try source.read(at: state.offset, into: &state.raw, 0..<state.raw.count)
      state.isAtEnd = count < state.raw.count
      var units = state.pending
      state.pending = []
      let (high, low) = encoding == .utf16BigEndian ? (0, 1) : (1, 0)
      for i in stride(from: 0, to: count - 1, by: 2) {
        units.append(UInt16(state.raw[i + high]) << 8 | UInt16(state.raw[i + low]))
      }
      // An odd byte at the end is half a letter.
      if count % 2 == 1 { units.append(0xFFFD) }
      if state.offset == 0, units.first == 0xFEFF { units.removeFirst() }
      state.offset += count
      if !state.isAtEnd, let last = units.last, UTF16.isLeadSurrogate(last) {
        state.pending = [units.removeLast()]
      }
      state.ready = Array(String(decoding: units, as: UTF16.self).utf8)
      state.taken = 0
    }
  }
}

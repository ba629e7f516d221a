import CInflate
import SegqBytes

/// The bytes that a zstd file holds, of all its frames one after the other.
@safe final class ZstdStream: ByteStream, @unchecked Sendable {
  private let source: any ByteSource
  private let stream: OpaquePointer?
  private var offset = 0
  private var input = [UInt8](repeating: 0, count: 1 << 17)
  private var inputCount = 0
  private var inputStart = 0
  private var isSourceAtEnd = false
  /// What the library expects next; 0 at the end of a frame.
  private var expected = 0

  init(_ source: any ByteSource) {
    self.source = source
    unsafe stream = ZSTD_createDStream()
  }

  deinit { unsafe ZSTD_freeDStream(stream) }

  func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SourceFailure) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count)
    var at = range.lowerBound
    while at < range.upperBound {
      if inputStart == inputCount { try fill() }
      let isDry = inputStart == inputCount
      if isDry, expected == 0 { break }
      let before = at
      at = try decompress(into: &buffer, at..<range.upperBound)
      // The library may still have bytes when all its input is taken.
      if isDry, at == before, expected != 0 { throw .cutShort(.zstd) }
    }
    return at - range.lowerBound
  }

  private func fill() throws(SourceFailure) {
    guard !isSourceAtEnd else { return }
    inputCount = try source.read(at: offset, into: &input, 0..<input.count)
    inputStart = 0
    offset += inputCount
    isSourceAtEnd = inputCount < input.count
  }

  private func decompress(
    into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int {
    var written = 0
    expected = unsafe buffer.withUnsafeMutableBytes { target in
      unsafe input.withUnsafeBytes { source in
        var from = unsafe ZSTD_inBuffer(
          src: source.baseAddress, size: inputCount, pos: inputStart)
        var to = unsafe ZSTD_outBuffer(
          dst: target.baseAddress.map { unsafe $0 + range.lowerBound }, size: range.count, pos: 0)
        let code = unsafe ZSTD_decompressStream(stream, &to, &from)
        inputStart = unsafe from.pos
        written = unsafe to.pos
        return code
      }
    }
    if ZSTD_isError(expected) != 0 {
      let name = unsafe ZSTD_getErrorName(expected).map { unsafe String(cString: $0) }
      throw .damaged(.zstd, detail: name ?? "not readable")
    }
    return range.lowerBound + written
  }
}

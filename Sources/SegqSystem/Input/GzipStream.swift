import CInflate
import SegqBytes

/// The bytes that a gzip file holds, of all its members one after the other.
@safe final class GzipStream: ByteStream, @unchecked Sendable {
  private let source: any ByteSource
  private let stream: UnsafeMutablePointer<z_stream>
  private var offset = 0
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var inputCount = 0
  private var inputStart = 0
  private var isSourceAtEnd = false
  /// Between two members, or behind the last.
  private var isMemberDone = false
  private var isDone = false

  init(_ source: any ByteSource) {
    self.source = source
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for a header of gzip.
    unsafe segq_inflate_begin(stream, 15 + 16)
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SourceFailure) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count)
    var at = range.lowerBound
    while at < range.upperBound, !isDone {
      if inputStart == inputCount { try fill() }
      if isMemberDone {
        guard try beginsMember() else { break }
      }
      guard inputStart < inputCount else { throw .cutShort(.gzip) }
      at = try inflate(into: &buffer, at..<range.upperBound)
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

  /// Whether another member follows; zeros are padding, as tapes have it.
  private func beginsMember() throws(SourceFailure) -> Bool {
    while true {
      while inputStart < inputCount, input[inputStart] == 0 { inputStart += 1 }
      guard inputStart == inputCount else { break }
      guard !isSourceAtEnd else {
        isDone = true
        return false
      }
      try fill()
    }
    guard input[inputStart] == 0x1F else {
      throw .damaged(.gzip, detail: "something else follows its end")
    }
    isMemberDone = false
    unsafe inflateReset(stream)
    return true
  }

  private func inflate(
    into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int {
    let code = unsafe buffer.withUnsafeMutableBufferPointer { target in
      unsafe input.withUnsafeMutableBufferPointer { source in
        unsafe stream.pointee.next_in = source.baseAddress.map { unsafe $0 + inputStart }
        unsafe stream.pointee.avail_in = UInt32(inputCount - inputStart)
        unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + range.lowerBound }
        unsafe stream.pointee.avail_out = UInt32(min(range.count, 1 << 30))
        return unsafe CInflate.inflate(stream, Z_NO_FLUSH)
      }
    }
    inputStart = inputCount - Int(unsafe stream.pointee.avail_in)
    let written = min(range.count, 1 << 30) - Int(unsafe stream.pointee.avail_out)
    switch code {
    case Z_STREAM_END: isMemberDone = true
    case Z_OK, Z_BUF_ERROR: break
    default: throw .damaged(.gzip, detail: message)
    }
    return range.lowerBound + written
  }

  private var message: String {
    unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "not readable"
  }
}

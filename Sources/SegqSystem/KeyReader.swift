/// The keys of one terminal, as they come.
struct KeyReader {
  enum Event {
    case key(Key)
    case signal
    case end
  }

  let descriptor: Int32
  private var decoder = KeyDecoder()
  private var latest = 0
  private var isAtEnd = false

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Waits for a key, as long as it takes; for the rest of one that has begun, only a moment.
  mutating func next() -> Event {
    while true {
      if let key = decoder.next() { return .key(key) }
      if isAtEnd { return .end }
      switch Wait.forInput(descriptor, milliseconds: decoder.patience) {
      case .ready: fill()
      case .signalled: return .signal
      case .timedOut:
        if let key = decoder.giveUp() { return .key(key) }
      }
    }
  }

  /// Whether more has come already, so that painting now would be for nothing.
  var isQueued: Bool {
    !decoder.queue.isEmpty || Wait.forInput(descriptor, milliseconds: 0) == .ready
  }

  /// Whether the key just read is part of text that goes on, as in a paste without brackets.
  ///
  /// A key pressed by hand arrives alone and is answered at once; after one that came together
  /// with others the rest of the paste gets a moment to arrive. Tabs alone may be an impatient
  /// reader's, and are not yet text.
  mutating func textFollows() -> Bool {
    if decoder.queue.isEmpty,
      Wait.forInput(descriptor, milliseconds: latest > 1 ? 25 : 0) == .ready
    {
      fill()
    }
    return decoder.queue.first { $0 != Byte.tab }.map(Self.isText) ?? false
  }

  private static func isText(_ byte: UInt8) -> Bool {
    switch byte {
    case Byte.newline, Byte.carriageReturn: true
    case ..<0x20, 0x7F: false
    default: true
    }
  }

  private mutating func fill() {
    switch Descriptor.read(descriptor) {
    case .bytes(let bytes):
      latest = bytes.count
      decoder.feed(bytes)
    case .nothing: break
    case .end: isAtEnd = true
    }
  }
}

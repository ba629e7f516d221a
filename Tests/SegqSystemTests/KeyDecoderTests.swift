import Testing

@testable import SegqSystem

@Suite struct KeyDecoderTests {
  /// Feeds all bytes at once and takes what comes, the unfinished rest included.
  private func keys(_ bytes: some Sequence<UInt8>) -> [Key] {
    var decoder = KeyDecoder()
    decoder.feed(bytes)
    return rest(of: &decoder)
  }

  private func rest(of decoder: inout KeyDecoder) -> [Key] {
    var keys: [Key] = []
    while true {
      while let key = decoder.next() { keys.append(key) }
      guard decoder.patience != nil else { return keys }
      if let key = decoder.giveUp() { keys.append(key) }
    }
  }

  @Test("Text and control characters come as they are")
  func characters() {
    #expect(
      keys("aé日😀\u{1}\t".utf8) == "aé日😀\u{1}\t".unicodeScalars.map { .character($0) })
  }

  @Test(
    "Escape sequences are keys",
    arguments: [
      ("[A", NamedKey.up), ("OB", .down), ("[1;5C", .wordRight), ("[1;3D", .wordLeft),
      ("[1;2C", .right), ("[H", .home), ("[1~", .home), ("[4~", .end), ("OF", .end),
      ("[3~", .delete), ("[3;5~", .wordDelete), ("[1;5H", .textStart), ("[1;5F", .textEnd),
      ("[5~", .pageUp), ("[6~", .pageDown), ("\r", .newRow), ("[27;2;13~", .newRow),
    ])
  func sequences(_ sequence: String, _ key: NamedKey) {
    #expect(keys("\u{1B}\(sequence)x".utf8) == [.named(key), .character("x")])
  }

  @Test("A sequence may come byte by byte")
  func slowly() {
    var decoder = KeyDecoder()
    for byte in "\u{1B}[1;5".utf8 {
      decoder.feed([byte])
      #expect(decoder.next() == nil)
      #expect(decoder.patience == 25)
    }
    decoder.feed("C".utf8)
    #expect(decoder.next() == .named(.wordRight))
    #expect(decoder.patience == nil)
  }

  @Test("A lone Escape is the Escape key, with a letter it is Alt")
  func escape() {
    #expect(keys([0x1B]) == [.character("\u{1B}")])
    #expect(keys("\u{1B}fx".utf8) == [.alt("f"), .character("x")])
    #expect(keys("\u{1B}\u{1B}".utf8) == [.character("\u{1B}"), .character("\u{1B}")])
    #expect(keys("\u{1B}[".utf8) == [.alt("[")])
  }

  @Test(
    "What means nothing here is passed over",
    arguments: ["[I", "[Z", "[[A", "[?62;4c", "[201~", "]11;rgb:0/0/0\u{7}", "P1+r\u{1B}\\"])
  func unknown(_ sequence: String) {
    #expect(keys("\u{1B}\(sequence)x".utf8) == [.character("x")])
  }

  @Test("Bytes that are not UTF-8, and private characters, become U+FFFD")
  func invalid() {
    let bad = Key.character("\u{FFFD}")
    #expect(keys([0xFF, 0x61]) == [bad, .character("a")])
    #expect(keys([0xE6, 0x97, 0x61]) == [bad, bad, .character("a")])
    #expect(keys([0xC2, 0x81, 0x61]) == [bad, .character("a")])
    #expect(keys([0xE6, 0x97]) == [bad])
  }

  @Test("A bracketed paste is one key, its rows ending in \\n, without other control characters")
  func paste() {
    let text = "a\r\nb\tc\rd\n\u{1B}[31me\u{3}\u{9B}ü"
    let bytes = Array("\u{1B}[200~\(text)\u{1B}[201~x".utf8)
    #expect(keys(bytes) == [.paste("a\nb\tc\nd\n[31meü"), .character("x")])
    var decoder = KeyDecoder()
    var slowly: [Key] = []
    for byte in bytes {
      decoder.feed([byte])
      while let key = decoder.next() { slowly.append(key) }
    }
    #expect(slowly == keys(bytes))
  }

  @Test("A paste may begin behind other keys and end in a later piece")
  func dividedPaste() {
    var decoder = KeyDecoder()
    decoder.feed("many keys\u{1B}[200~ab".utf8)
    for _ in "many keys" { #expect(decoder.next() != nil) }
    #expect(decoder.next() == nil)
    decoder.feed("c\u{1B}[201~".utf8)
    #expect(decoder.next() == .paste("abc"))
  }

  @Test("A paste whose end never comes is over after a while")
  func unfinishedPaste() {
    var decoder = KeyDecoder()
    decoder.feed("\u{1B}[200~ab".utf8)
    #expect(decoder.next() == nil)
    #expect(decoder.patience == 1000)
    #expect(decoder.giveUp() == .paste("ab"))
    #expect(decoder.patience == nil)
  }

  @Test("Any bytes are taken, and the same however they are cut into pieces", arguments: 0..<300)
  func random(_ seed: UInt64) {
    var random = Seeded(seed)
    let alphabet: [UInt8] = [
      0x1B, 0x1B, 0x5B, 0x4F, 0x32, 0x30, 0x31, 0x7E, 0x3B, 0x41, 0xC3, 0xE6,
    ]
    let bytes = (0..<60).map { _ in
      Bool.random(using: &random)
        ? alphabet.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
    }
    var decoder = KeyDecoder()
    var pieces: [Key] = []
    var place = 0
    while place < bytes.count {
      let end = min(bytes.count, place + Int.random(in: 1...5, using: &random))
      decoder.feed(bytes[place..<end])
      while let key = decoder.next() { pieces.append(key) }
      place = end
    }
    #expect(pieces + rest(of: &decoder) == keys(bytes))
    #expect(
      !pieces.contains {
        if case .character(let c) = $0 { (0x80..<0xA0).contains(c.value) } else { false }
      })
  }
}

/// Numbers that are the same in every run.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// What a text of JSON or of PHP's `serialize` says: values, and nothing that runs.
public indirect enum SerializedValue: Sendable, Equatable {
  case null
  case boolean(Bool)
  /// The digits as written.
  case number(String)
  case string(String)
  case list([SerializedValue])
  /// In the order of the text. Of a key that stands twice the last counts, as in PHP.
  case map([Member])

  public struct Member: Sendable, Equatable {
    public var key: String
    public var value: SerializedValue
  }

  /// Lists and maps within each other; conditions take two levels each.
  static let depthLimit = 128

  /// Reads a text of either form, told by how it begins: `{"type":…` or `a:7:{s:4:"type";…`. O(n).
  public init(_ text: String) throws(SerializedError) {
    let bytes = Array(text.utf8)
    let first = bytes.first { !JSONReader.isBlank($0) }
    let isJSON =
      first.map { "{[\"-ntf".utf8.contains($0) || (0x30...0x39).contains($0) } ?? true
    if isJSON {
      var reader = JSONReader(bytes)
      self = try reader.document()
    } else {
      var reader = PHPReader(bytes)
      self = try reader.document()
    }
  }

  public subscript(key: String) -> SerializedValue? {
    guard case .map(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }
}

/// Why a text could not be read, and where.
public struct SerializedError: Error, Equatable {
  public enum Kind: Sendable, Equatable {
    case endsTooEarly
    case unexpected
    case trailing
    case tooDeep
    case wrongLength
    case notUTF8
    case wrongEscape
    /// What PHP would make an object of, or refer to another value by.
    case object
    case reference
  }
  public let kind: Kind
  /// From 1.
  public let byte: Int

  public var message: String {
    let what =
      switch kind {
      case .endsTooEarly: "it ends too early"
      case .unexpected: "this is not what should stand here"
      case .trailing: "something follows its end"
      case .tooDeep: "it is nested more than \(SerializedValue.depthLimit) levels deep"
      case .wrongLength: "a length that does not fit what it is the length of"
      case .notUTF8: "a text that is not UTF-8"
      case .wrongEscape: "an escape that means nothing"
      case .object: "PHP objects are not read"
      case .reference: "PHP references are not read"
      }
    return "\(what) (byte \(byte))"
  }
}

import CExpat
import SegqBytes

/// Takes what happens in XML, in order.
protocol XMLConsumer: AnyObject {
  func begin(_ name: XMLName, _ attributes: XMLAttributes)
  func end(_ name: XMLName)
  /// Some text, perhaps not all that stands between two elements.
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  /// Why the rest is not worth reading; asked between two chunks of bytes.
  var isDone: Bool { get }
}

/// Reads XML piece by piece through libexpat. Entities of its own make a file unreadable: nothing that
/// writes tables declares any, and they are how a small file takes all memory.
@safe final class XMLReader: @unchecked Sendable {
  private let source: any ByteSource
  private let part: String?
  private let parser: XML_Parser
  private let context: Context
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var offset = 0

  /// What the callbacks of the library see.
  private final class Context {
    /// It owns the reader.
    unowned(unsafe) let consumer: any XMLConsumer
    var hasEntity = false
    init(_ consumer: any XMLConsumer) { unsafe self.consumer = consumer }
  }

  /// `part` is the file's name in an archive, for messages.
  init(_ source: any ByteSource, part: String?, _ consumer: any XMLConsumer) {
    self.source = source
    self.part = part
    context = Context(consumer)
    guard let parser = unsafe XML_ParserCreate(nil) else { preconditionFailure("no memory") }
    unsafe self.parser = parser
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(context).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let name = unsafe name else { return }
        unsafe XMLReader.consumer(context).begin(XMLName(name), XMLAttributes(attributes))
      },
      { context, name in
        guard let name = unsafe name else { return }
        unsafe XMLReader.consumer(context).end(XMLName(name))
      })
    unsafe XML_SetCharacterDataHandler(parser) { context, text, count in
      guard let text = unsafe text, count > 0 else { return }
      unsafe text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) { bytes in
        let buffer = unsafe UnsafeBufferPointer(start: bytes, count: Int(count))
        unsafe XMLReader.consumer(context).text(buffer)
      }
    }
    unsafe XML_SetEntityDeclHandler(parser) { context, _, _, _, _, _, _, _, _ in
      unsafe XMLReader.context(context).hasEntity = true
    }
  }

  deinit { unsafe XML_ParserFree(parser) }

  @inline(__always)
  private static func context(_ pointer: UnsafeMutableRawPointer?) -> Context {
    guard let pointer = unsafe pointer else { preconditionFailure("the parser lost its reader") }
    return unsafe Unmanaged<Context>.fromOpaque(pointer).takeUnretainedValue()
  }

  @inline(__always)
  private static func consumer(_ pointer: UnsafeMutableRawPointer?) -> any XMLConsumer {
    unsafe context(pointer).consumer
  }

  /// Reads the next bytes; false at the end, and when the consumer is done.
  func advance() throws(ReadingFailure) -> Bool {
    let count: Int
    do throws(SourceFailure) {
      count = try source.read(at: offset, into: &buffer, 0..<buffer.count)
    } catch { throw .source(error) }
    offset += count
    let isLast = count < buffer.count
    let status = unsafe buffer.withUnsafeBytes { bytes in
      unsafe XML_Parse(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(count),
        isLast ? 1 : 0)
    }
    if context.hasEntity { throw failure("it declares entities, which are not read") }
    guard status == XML_STATUS_OK else {
      throw failure(Self.reason(unsafe XML_GetErrorCode(parser)))
    }
    return !isLast && !(unsafe context.consumer.isDone)
  }

  /// Reads to the end.
  func readAll(isInterrupted: () -> Bool) throws(ReadingFailure) {
    while try advance() {
      guard !isInterrupted() else { throw .interrupted }
    }
  }

  private func failure(_ reason: String) -> ReadingFailure {
    .malformed(
      .init(
        part: part, line: Int(unsafe XML_GetCurrentLineNumber(parser)),
        column: Int(unsafe XML_GetCurrentColumnNumber(parser)) + 1, reason: reason))
  }

  private static func reason(_ code: XML_Error) -> String {
    switch code {
    case XML_ERROR_INVALID_TOKEN:
      "not well-formed XML: a control character, or a '<' or '&' that is not escaped"
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION:
      "the XML ends too early"
    case XML_ERROR_BAD_CHAR_REF: "not well-formed XML: a reference to a character that XML forbids"
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "something follows the end of the XML"
    default:
      "not well-formed XML: "
        + (unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "unreadable")
    }
  }
}

/// Elements with their attributes, of a small file such as a list of sheets.
final class XMLElements: XMLConsumer {
  struct Element {
    let name: XMLName
    /// Of the elements around it the innermost.
    let parent: XMLName?
    let attributes: [XMLName: String]
  }

  private(set) var elements: [Element] = []
  private var open: [XMLName] = []
  let isDone = false
  /// A list of more is none.
  private static let most = 1_000_000

  static func read(
    _ source: any ByteSource, part: String
  ) throws(ReadingFailure) -> [Element] {
    let list = XMLElements()
    try XMLReader(source, part: part, list).readAll { list.elements.count > most }
    return list.elements
  }

  func begin(_ name: XMLName, _ attributes: XMLAttributes) {
    var values: [XMLName: String] = [:]
    attributes.forEach { values[$0] = $1.string }
    elements.append(Element(name: name, parent: open.last, attributes: values))
    open.append(name)
  }

  func end(_ name: XMLName) { open.removeLast() }
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// A file that was opened, with what it was packed in taken off.
public struct Input: Sendable {
  public enum Content: Sendable {
    case bytes(any ByteSource)
    /// A zip file: a workbook, or files that somebody packed.
    case archive(any Archive)
  }

  /// `shop/orders.csv.gz`, as the user wrote it.
  public let path: String
  /// What it was packed in, the outermost first.
  public let containers: [Container]
  public let content: Content

  public init(path: String, containers: [Container] = [], content: Content) {
    self.path = path
    self.containers = containers
    self.content = content
  }

  /// Bytes that are in memory already, such as those of a test.
  public init(_ bytes: [UInt8], path: String) {
    self.init(path: path, content: .bytes(MemorySource(bytes)))
  }

  /// Fails if the file changed since it was opened.
  public func checkUnchanged() throws(SourceFailure) {
    switch content {
    case .bytes(let source): try source.checkUnchanged()
    case .archive(let archive): try archive.checkUnchanged()
    }
  }

  /// `orders.csv` of `shop/orders.csv.gz`: without folder, and without the endings of containers.
  public var name: String {
    var name = path.split(separator: "/").last.map(String.init) ?? path
    let endings = Container.allCases.flatMap(\.endings)
    while let ending = endings.first(where: { name.lowercased().hasSuffix($0) }),
      name.count > ending.count
    {
      name.removeLast(ending.count)
    }
    return name
  }
}

/// The files in a zip file.
public protocol Archive: Sendable {
  /// Their paths, in the order of the archive, without folders.
  var names: [String] { get }

  /// The bytes of a file; nil where there is none of that name.
  func file(_ name: String) -> (any ByteSource)?

  /// Fails if it changed since it was opened.
  func checkUnchanged() throws(SourceFailure)

  /// Takes off what a file in it is packed in (`orders.csv.gz` in a zip file).
  func unpacked(_ name: String) throws(SourceFailure) -> Input?
}

extension Archive {
  public func checkUnchanged() throws(SourceFailure) {}
}

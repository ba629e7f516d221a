import Glibc
public import SegqBytes

/// Opens whatever a user names: a file, a pipe, standard input; and takes off what it is packed in.
///
/// ```swift
/// let file = try TableFile(InputSource.open("shop/orders.csv.gz"))
/// ```
public enum InputSource {
  /// Opens a path; `-` is standard input. Waits for a pipe's first bytes, not for its end.
  /// `progress` is told how far the file was read, of ``fileSize(_:)`` bytes.
  public static func open(
    _ path: String, isInterrupted: @escaping @Sendable () -> Bool = { Interrupt.isRequested },
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(SourceFailure) -> Input {
    let descriptor = try descriptor(of: path)
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let failure = SourceFailure.last
      close(descriptor)
      throw failure
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let stream = DescriptorStream(descriptor: descriptor, isInterrupted: isInterrupted)
      return try unpack(SpooledSource(stream), path: path, isInterrupted: isInterrupted)
    }
    let file = InputFile(descriptor: descriptor, status, path: path == "-" ? nil : path)
    if let progress { file.watch(progress) }
    return try unpack(file, path: path, isInterrupted: isInterrupted)
  }

  /// Whether loading this path reads standard input, which statements may come from.
  public static func isStandardInput(_ path: String) -> Bool {
    if path == "-" { return true }
    var own = stat()
    guard let named = (try? Place(path))?.status, unsafe fstat(0, &own) == 0 else { return false }
    return named.st_mode & S_IFMT != S_IFREG && named.st_dev == own.st_dev
      && named.st_ino == own.st_ino && named.st_rdev == own.st_rdev
  }

  private static func descriptor(of path: String) throws(SourceFailure) -> Int32 {
    var isOwn = path == "-"
    if !isOwn {
      do throws(SystemError) {
        // A FIFO without a writer would be waited for here, where nothing can interrupt it.
        return try Place(path).open(O_RDONLY | O_NONBLOCK)
      } catch {
        // A socket has a name in /dev/fd, and can't be opened by it.
        isOwn = error.code == ENXIO && path == "/dev/stdin"
        guard isOwn else { throw SourceFailure(error) }
      }
    }
    let descriptor = fcntl(0, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// So many containers are taken off, one within the other.
  private static let deepest = 4

  /// Takes off gzip, zstd and zip, told by the first bytes.
  public static func unpack(
    _ source: any ByteSource, path: String,
    isInterrupted: @escaping @Sendable () -> Bool = { Interrupt.isRequested }
  ) throws(SourceFailure) -> Input {
    var (source, containers) = (source, [Container]())
    while let container = Container(head: try source.head(8)) {
      guard containers.count < deepest else {
        throw .unsupported(container, detail: "packed more than \(deepest) times")
      }
      containers.append(container)
      let base = source
      switch container {
      case .gzip:
        source = StreamedSource(size: base.size * 4, of: base) {
          ReadAhead(GzipStream(base), isInterrupted: isInterrupted)
        }
      case .zstd:
        source = StreamedSource(size: base.size * 4, of: base) {
          ReadAhead(ZstdStream(base), isInterrupted: isInterrupted)
        }
      case .zip:
        let archive = try ZipArchive(
          try seekable(base, isInterrupted), path: path, isInterrupted: isInterrupted)
        return Input(path: path, containers: containers, content: .archive(archive))
      }
    }
    return Input(path: path, containers: containers, content: .bytes(source))
  }

  /// The directory of a zip file is at its end, so all of it must have come.
  private static func seekable(
    _ source: any ByteSource, _ isInterrupted: @escaping @Sendable () -> Bool
  ) throws(SourceFailure) -> any ByteSource {
    if let spooled = source as? SpooledSource {
      try spooled.readToEnd()
      return spooled
    }
    guard let streamed = source as? StreamedSource else { return source }
    let spooled = SpooledSource(SourceStream(streamed), of: streamed)
    try spooled.readToEnd()
    return spooled
  }
}

/// A source read once, from its beginning to its end.
private final class SourceStream: ByteStream, @unchecked Sendable {
  private let source: any ByteSource
  private var offset = 0

  init(_ source: any ByteSource) { self.source = source }

  func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SourceFailure) -> Int {
    let count = try source.read(at: offset, into: &buffer, range)
    offset += count
    return count
  }
}

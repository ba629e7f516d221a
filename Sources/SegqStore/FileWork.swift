import CMapping
import SegqEngine
import SegqSystem
import Synchronization

/// Column files that several threads write, so that one has the processor while another waits for
/// the disk.
final class FileWork: Sendable {
  private struct State {
    var next = 0
    var rows: [CatalogImage.FileRow] = []
    var failure: StoreError?
  }

  private let list: [NewFile]
  private let first: Int
  private let folder: WorkspaceFolder
  private let isInterrupted: @Sendable () -> Bool
  private let progress: ProgressLine?
  private let state = Mutex(State())

  /// The files get the numbers from `first` on.
  init(
    _ list: [NewFile], from first: Int, in folder: WorkspaceFolder, showsProgress: Bool,
    _ isInterrupted: @escaping @Sendable () -> Bool
  ) {
    let size = list.flatMap(\.pieces).reduce(0) { $0 + $1.memory.count }
    progress = showsProgress ? ProgressLine("writing the workspace", of: size, .bytes) : nil
    self.list = list
    self.first = first
    self.folder = folder
    self.isInterrupted = isInterrupted
  }

  private static let mostThreads = 4

  /// All of the files, on the disk under their names; or none. Where Ctrl-C was pressed those that are
  /// begun go away a little later: a write waits for the disk as long as that likes.
  func run() throws(StoreError) -> [CatalogImage.FileRow] {
    guard !list.isEmpty else { return [] }
    defer { progress?.finish() }
    let isDone: Void? = Workers.untilInterrupted { isAbandoned in
      Workers.run(min(Self.mostThreads, self.list.count)) { self.writeSome(isAbandoned) }
      if isAbandoned() { self.removeAll() }
    }
    guard isDone != nil else { throw .interrupted }
    let (rows, failure) = state.withLock { ($0.rows, $0.failure) }
    do throws(StoreError) {
      if let failure { throw failure }
      do throws(SystemError) { try Files.sync(folder: folder.data) } catch {
        throw .file(folder.data, error)
      }
    } catch {
      folder.remove(rows)
      throw error
    }
    return rows.sorted { $0.number < $1.number }
  }

  private func removeAll() {
    let rows = state.withLock { state in
      state.failure = .interrupted
      return state.rows
    }
    folder.remove(rows)
  }

  private func writeSome(_ isAbandoned: @escaping @Sendable () -> Bool) {
    while let place = next() {
      let path = folder.file(first + place)
      do throws(SystemError) {
        let row = try write(list[place], first + place, path, isAbandoned)
        state.withLock { $0.rows.append(row) }
      } catch {
        Files.remove(path + ".new")
        let failure = error == .interrupt ? StoreError.interrupted : .file(path, error)
        state.withLock { $0.failure = $0.failure ?? failure }
      }
    }
  }

  private func next() -> Int? {
    state.withLock { state in
      guard state.next < list.count, state.failure == nil else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  private func write(
    _ file: NewFile, _ number: Int, _ path: String, _ isAbandoned: @escaping @Sendable () -> Bool
  ) throws(SystemError) -> CatalogImage.FileRow {
    let goesOn: ColumnFileWriter.GoesOn = { bytes in
      guard !isAbandoned(), !self.isInterrupted() else { return false }
      self.progress?.advance(by: bytes)
      return true
    }
    let copy = ColumnFileCopy(of: file.pieces)
    let seal =
      if let copy {
        try copy.write(number: number, to: path + ".new", goesOn)
      } else {
        try ColumnFileWriter.write(file.pieces, number: number, to: path + ".new", goesOn)
      }
    let identity = FileIdentity(path + ".new")
    // One that is there already is that of a program that writes at the same time.
    guard unsafe segq_rename_new(path + ".new", path) == 0 else { throw .last }
    return CatalogImage.FileRow(
      number: number, seal: seal, holds: file.holds, identity: identity)
  }
}

extension WorkspaceFolder {
  /// Whether files that were written are still those of that name, and not another program's.
  func has(_ files: [CatalogImage.FileRow]) -> Bool {
    files.allSatisfy { FileIdentity(file($0.number)) == $0.identity }
  }

  /// Removes files that were written, and nobody else's.
  func remove(_ files: [CatalogImage.FileRow]) {
    for row in files where has([row]) { Files.remove(file(row.number)) }
  }
}

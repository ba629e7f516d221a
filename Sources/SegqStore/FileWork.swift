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
  private let state = Mutex(State())

  /// The files get the numbers from `first` on.
  init(
    _ list: [NewFile], from first: Int, in folder: WorkspaceFolder,
    _ isInterrupted: @escaping @Sendable () -> Bool
  ) {
    self.list = list
    self.first = first
    self.folder = folder
    self.isInterrupted = isInterrupted
  }

  private static let mostThreads = 4

  /// All of the files, on the disk under their names; or none.
  func run() throws(StoreError) -> [CatalogImage.FileRow] {
    guard !list.isEmpty else { return [] }
    Workers.run(min(Self.mostThreads, list.count)) { self.writeSome() }
    let (rows, failure) = state.withLock { ($0.rows, $0.failure) }
    do throws(StoreError) {
      if let failure { throw failure }
      do throws(SystemError) { try Files.sync(folder: folder.data) } catch {
        throw .file(folder.data, error)
      }
    } catch {
      for row in rows { Files.remove(folder.file(row.number)) }
      throw error
    }
    return rows.sorted { $0.number < $1.number }
  }

  private func writeSome() {
    while let place = next() {
      let path = folder.file(first + place)
      do throws(SystemError) {
        let row = try write(list[place], first + place, path)
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
    _ file: NewFile, _ number: Int, _ path: String
  ) throws(SystemError) -> CatalogImage.FileRow {
    let seal: ColumnFile.Seal
    if let copy = ColumnFileCopy(of: file.pieces) {
      seal = try copy.write(number: number, to: path + ".new", isInterrupted: isInterrupted)
    } else {
      seal = try ColumnFileWriter.write(
        file.pieces, number: number, to: path + ".new", isInterrupted: isInterrupted)
    }
    try Files.rename(path + ".new", to: path)
    return CatalogImage.FileRow(number: number, seal: seal, holds: file.holds)
  }
}

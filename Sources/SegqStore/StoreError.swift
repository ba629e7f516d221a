import SegqRecords
public import SegqSystem

/// Why a workspace could not be opened, read or changed.
public enum StoreError: Error, Sendable, Hashable {
  /// The operating system refused a file.
  case file(String, SystemError)
  case notAWorkspace(String)
  /// Something else stands where a workspace is to be made.
  case occupied(String)
  /// The format is another than this program's.
  case format(String, version: Int64)
  /// A row of the catalog, or the catalog as a whole, does not have its checksum.
  case damagedCatalog(String, what: String)
  /// A column file does not have its checksum from this byte on. `holds` is `orders.total`.
  case damagedFile(String, offset: UInt64, holds: String)
  /// A column file is not there, or has another length.
  case incompleteFile(String, holds: String)
  /// A column file has no set for the segment, or another than the catalog tells of.
  case otherMembers(String, segment: Int)
  /// Something else than a file is in the place of one.
  case wrongKind(String, FileKind, expected: FileKind)
  /// Changes of which somebody was told are not in the catalog.
  case lostChanges(String, count: Int64)
  /// The folder that was opened is not there any more, or another is in its place.
  case replaced(String)
  /// Whoever removed the file `lock` let others write at the same time.
  case lostLock(String)
  /// So many files are more than the system lets a program map.
  case tooManyFiles(String, count: Int, most: Int)
  /// Another program writes. `since` is in seconds since 1970.
  case locked(String, process: Int64, since: Int64)
  /// SQLite says this of the catalog.
  case database(String, message: String)
  case readOnly(String)
  /// A program was killed while it wrote, and here nothing can be written to make it whole.
  case unfinished(String)
  case interrupted
}

extension StoreError {
  /// `shop.segdb is no workspace`
  public var message: String {
    switch self {
    case .file(let path, let error): "\(path): \(error.message)"
    case .notAWorkspace(let path): "\(path) is no workspace"
    case .occupied(let path): "\(path) is there already, and is no workspace"
    case .format(let path, let version):
      version > CatalogImage.formatVersion
        ? "\(path) has the format \(version) of a newer segq; this one knows \(CatalogImage.formatVersion)"
        : "\(path) has the format \(version) of an older segq; this one knows \(CatalogImage.formatVersion)"
    case .damagedCatalog(let path, let what): "\(path) is damaged: \(what)"
    case .damagedFile(let path, let offset, let holds):
      "\(path) is damaged at byte \(offset): it holds \(holds)"
    case .incompleteFile(let path, let holds):
      "\(path) is missing or cut short: it holds \(holds)"
    case .otherMembers(let path, let segment):
      "\(path) does not hold the members of segment \(segment) that the catalog names"
    case .wrongKind(let path, let kind, let expected):
      "\(path) is \(kind.rawValue), where a workspace has \(expected.rawValue)"
    case .lostChanges(let path, let count):
      "\(path) is damaged: its last \(count == 1 ? "change is" : "\(count) changes are") not there"
    case .replaced(let path): "\(path) was removed or replaced since it was opened"
    case .lostLock(let path):
      "\(path) was changed by another program at the same time, or its file 'lock' was removed"
    case .tooManyFiles(let path, let count, let most):
      "\(path) needs \(count) column files, and this system lets a program map \(most)"
    case .locked(let path, let process, _): "\(path) is being changed by process \(process)"
    case .database(let path, let message): "\(path): \(message)"
    case .readOnly(let path): "\(path) can only be read"
    case .unfinished(let path): "\(path) was left in the middle of a change"
    case .interrupted: "interrupted"
    }
  }

  /// The way out.
  public var help: String? {
    switch self {
    case .file, .database, .interrupted: nil
    case .notAWorkspace: "save 'NAME.segdb' makes one of what is loaded"
    case .occupied: "save under another name"
    case .format(_, let version):
      version > CatalogImage.formatVersion
        ? "open it with the newer segq"
        : "load the files it was made of, and save them under another name"
    case .damagedCatalog, .damagedFile, .incompleteFile, .otherMembers:
      "segq check-store names all that is damaged; load what is lost again, or take a copy"
    case .wrongKind: "take it away, or take a copy of the workspace"
    case .lostChanges(let path, _):
      "take a copy; or remove '\(path)/lock' to go on from the change before"
    case .replaced:
      "this change was not made; save 'NAME.segdb' keeps what is open under another name"
    case .lostLock: "this change was not made; try again"
    case .tooManyFiles: "give vm.max_map_count a higher number (sysctl), or load fewer columns"
    case .locked(_, _, let since):
      "it has been since \(Self.clock(since)); try again when it is done"
    case .readOnly: "save 'NAME.segdb' keeps a copy that can be changed"
    case .unfinished: "open it once where it can be written"
    }
  }

  /// `2026-11-25 08:30:00 UTC`
  private static func clock(_ seconds: Int64) -> String {
    Value.datetime(seconds).text(in: .utc) + " UTC"
  }
}

import CMapping
import Glibc
import SegqSystem

// How much the system lets one program have. It is asked before files are written that could not be mapped.
extension WorkspaceFolder {
  func checkRoom(for count: Int) throws(StoreError) {
    let most = Self.mostFiles
    guard count <= most else { throw .tooManyFiles(path, count: count, most: most) }
  }

  /// The rest of the program, with some room.
  private static let otherAreas = 2000
  /// `vm.max_map_count`, where nobody changed it.
  private static let usualAreas = 65_530

  private static let mostFiles: Int = {
    let text = try? Files.read("/proc/sys/vm/max_map_count")
    let words = text.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let areas = words.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) } ?? usualAreas
    let left = areas - Int(SEGQ_MOST_AREAS) - otherAreas
    return max(0, left / Int(SEGQ_AREAS_OF_FILE))
  }()

  /// So many files may be open at a time before they are mapped, when they are closed again.
  static let mostOpened: Int = {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      return 16
    }
    return Int(min(256, limit.rlim_cur / 4))
  }()
}

import Glibc

/// How much memory there is for this program: what the machine has, or its cgroup where that has less.
public enum MemoryRoom {
  public static var bytes: Int {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let groups = text("/proc/self/cgroup") ?? ""
    return min(machine, ofGroups(groups, text) ?? machine)
  }

  /// The least that a group, or one in which it lies, allows; nil where none of them limits it.
  ///
  /// ```
  /// 0::/user.slice/shell            /sys/fs/cgroup/user.slice/shell/memory.max     (version 2)
  /// 4:memory:/docker/c8350e05       /sys/fs/cgroup/memory/docker/…/memory.limit_in_bytes     (1)
  /// ```
  /// In a container the path may be the host's: then the file of the outermost folder is there.
  static func ofGroups(_ lines: String, _ read: (String) -> String?) -> Int? {
    var least: Int?
    for line in lines.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isFirst = parts[1].split(separator: ",").contains("memory")
      guard isFirst || parts[1].isEmpty else { continue }
      let root = isFirst ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup"
      var names = parts[2].split(separator: "/")
      while true {
        let folder = ([root] + names.map(String.init)).joined(separator: "/")
        let file = folder + (isFirst ? "/memory.limit_in_bytes" : "/memory.max")
        // `max` is no limit, and no number.
        if let text = read(file), let bytes = Int(text.filter { $0 != "\n" }) {
          least = min(least ?? bytes, bytes)
        }
        guard names.popLast() != nil else { break }
      }
    }
    return least
  }

  private static func text(_ path: String) -> String? {
    (try? Files.readOwn(path)).map { String(decoding: $0, as: UTF8.self) }
  }
}

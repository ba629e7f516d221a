import Glibc

/// What memory this program takes, as the system counts it; a look takes some microseconds.
struct MemoryUse {
  /// Bytes that nobody else has and no file holds: they can't be dropped when others need room.
  let own: Int
  /// Bytes of addresses, whether anything is there or not: what `ulimit -v` limits.
  let addresses: Int

  /// Nil where the system does not say.
  static var now: MemoryUse? {
    guard let descriptor = try? Place(own: "/proc/self/statm").open(O_RDONLY) else { return nil }
    defer { close(descriptor) }
    guard let text = try? Files.readBlock(descriptor, 256) else { return nil }
    return MemoryUse(
      statm: String(decoding: text, as: UTF8.self), page: sysconf(Int32(_SC_PAGESIZE)))
  }

  /// `12000 2400 900 …`, in pages: all addresses, what is in memory, and what of that files hold (proc(5)).
  init?(statm text: String, page: Int) {
    let pages = text.split(separator: " ").prefix(3).compactMap { Int($0) }
    guard pages.count == 3 else { return nil }
    addresses = pages[0] * page
    own = max(0, pages[1] - pages[2]) * page
  }
}

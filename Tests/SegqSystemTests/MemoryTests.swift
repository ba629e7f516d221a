import Testing

@testable import SegqSystem

@Suite("Memory")
struct MemoryTests {
  private static func limit(_ lines: String, _ files: [String: String]) -> Int? {
    MemoryRoom.ofGroups(lines) { files[$0] }
  }

  @Test("The least limit of a group and of those around it counts, in both versions")
  func groups() {
    let two = "0::/user.slice/shell.scope\n"
    #expect(Self.limit(two, [:]) == nil)
    #expect(Self.limit(two, ["/sys/fs/cgroup/user.slice/shell.scope/memory.max": "max\n"]) == nil)
    #expect(
      Self.limit(
        two,
        [
          "/sys/fs/cgroup/user.slice/shell.scope/memory.max": "2000\n",
          "/sys/fs/cgroup/user.slice/memory.max": "1000\n", "/sys/fs/cgroup/memory.max": "max\n",
        ]) == 1000)
    let one = "9:name=systemd:/\n4:memory:/docker/c8350e05\n1:cpu,cpuacct:/\n0::/\n"
    #expect(
      Self.limit(
        one, ["/sys/fs/cgroup/memory/docker/c8350e05/memory.limit_in_bytes": "3000\n"]) == 3000)
    // In a container the path is the host's, and the group's own folder is the outermost.
    #expect(Self.limit(one, ["/sys/fs/cgroup/memory/memory.limit_in_bytes": "500\n"]) == 500)
    #expect(Self.limit("0::/a:b\n", ["/sys/fs/cgroup/a:b/memory.max": "7\n"]) == 7)
    #expect(Self.limit("nonsense\n\n:::\n", [:]) == nil)
  }

  @Test("There is some, and it is counted as it grows")
  func growth() throws {
    #expect(MemoryRoom.bytes > 1 << 26)
    let before = try #require(MemoryUse.now)
    let bytes = [UInt8](repeating: 1, count: 1 << 26)
    let after = try #require(MemoryUse.now)
    #expect(after.own - before.own > 1 << 25 && after.addresses >= after.own)
    #expect(bytes[12_345] == 1)
    #expect(MemoryUse(statm: "100 50 20 1 0 3 0\n", page: 4096)?.own == 30 * 4096)
    #expect(MemoryUse(statm: "", page: 4096) == nil)
  }

  @Test("Work that takes more than it may is given up, and what it took is given back")
  func excess() throws {
    let before = try #require(MemoryUse.now).own
    let excess = #expect(throws: MemoryLimit.Excess.self) {
      _ = try Workers.within(MemoryLimit(bytes: before + 1 << 26)) { isAbandoned in
        var all: [[UInt8]] = []
        while !isAbandoned() { all.append([UInt8](repeating: 1, count: 1 << 20)) }
        return all.count
      }
    }
    #expect((excess?.taken ?? 0) > before)
    #expect(try #require(MemoryUse.now).own < before + 1 << 27)
    #expect(try Workers.within(MemoryLimit(bytes: 1 << 50)) { _ in 42 } == 42)
    #expect(try Workers.within(nil) { _ in 42 } == 42)
  }
}

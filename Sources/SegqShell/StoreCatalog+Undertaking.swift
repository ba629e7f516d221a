import SegqEngine
import SegqLanguage
import SegqSystem

// Work that takes time and memory: until Ctrl-C is pressed, and within the limit of memory.
extension StoreCatalog {
  /// The code of what says that there is not enough memory.
  static let memoryCode = "memory"

  /// What `body` makes, by an execution that is over when it is abandoned.
  func undertake<Result: Sendable>(
    _ body: @escaping @Sendable (Execution) -> Result
  ) throws(ShellError) -> Result {
    let result: Result?
    do throws(MemoryLimit.Excess) {
      result = try Workers.within(memoryLimit) { [execution] isAbandoned in
        var own = execution
        own.isInterrupted = { isAbandoned() || execution.isInterrupted() }
        return body(own)
      }
    } catch { throw .diagnostic(error.diagnostic) }
    guard let result else { throw .interrupted }
    return result
  }
}

extension MemoryLimit.Excess {
  fileprivate var diagnostic: Diagnostic {
    Diagnostic(
      code: StoreCatalog.memoryCode,
      "there is not enough memory: segq had taken \(MemorySize(taken).text) when this was stopped, "
        + "and \(isOfShell ? "'ulimit -v' allows" : "memory_limit is") \(MemorySize(allowed).text)",
      help: "ask for fewer rows or columns at a time, load less, or \(wayOut)")
  }

  private var wayOut: String {
    if isOfShell { return "raise the limit before segq is started" }
    let more = 2 * allowed
    return more <= MemoryRoom.bytes
      ? "allow more: set memory_limit = '\(MemorySize(more).text)'" : "take a machine that has more"
  }
}

// Feeds any bytes to lexer, parser, formatter and binder, and runs what binds. A trap is a finding,
// and so is a text whose layout means something else, or is laid out differently a second time.
import Glibc
import SegqEngine
import SegqLanguage
import SegqPlanner

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> CInt
) -> CInt

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  Fuzzing.run(bytes)
  return 0
}

enum Fuzzing {
  static func run(_ bytes: [UInt8]) {
    let source = SourceText(bytes: bytes, name: "fuzz")
    let parsed = Parser.parse(source)
    for diagnostic in parsed.diagnostics {
      precondition(isInside(diagnostic.span, source), "a span outside of the text")
    }
    _ = Parser.incompleteness(of: source)
    _ = Parser.expectations(atEndOf: source)
    checkLayout(source, parsed)
    let catalog = FuzzCatalog()
    for statement in parsed.statements { bind(statement, source, catalog) }
  }

  private static func isInside(_ span: SourceSpan?, _ source: SourceText) -> Bool {
    guard let span else { return true }
    return 0 <= span.start && span.start <= span.end && span.end <= source.bytes.count
  }

  private static func checkLayout(_ source: SourceText, _ parsed: ParsedText) {
    guard case .success(let text) = Formatter.format(source) else { return }
    let again = SourceText(text, name: "again")
    precondition(
      Parser.parse(again).statements == parsed.statements, "the layout means something else")
    guard case .success(let twice) = Formatter.format(again) else {
      preconditionFailure("the layout does not parse")
    }
    precondition(twice == text, "the layout changes a second time")
  }

  private static func bind(_ statement: Statement, _ source: SourceText, _ catalog: FuzzCatalog) {
    _ = statement.syntax
    guard case .query(let query) = statement.kind,
      let planned = try? Planner.plan(query, source, catalog)
    else { return }
    _ = planned.plan.node()
    guard let answer = try? Answer(planned.plan, Execution()) else { return }
    _ = try? answer.batch(0..<answer.rowCount)
  }
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(runDriver(&count, &arguments, testOneInput))

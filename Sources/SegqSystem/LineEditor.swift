/// The prompt: reads one statement, of one row or several, with history and completion.
///
/// ```swift
/// var configuration = LineEditor.Configuration(prompt: "segq> ")
/// configuration.isComplete = { $0.hasSuffix(";") }
/// let editor = LineEditor(configuration)
/// while case .text(let statement) = editor.read() {
///   editor.remember(statement)
///   run(statement)
/// }
/// ```
/// On a terminal that cannot move its cursor, and without a terminal, it reads plain lines.
/// To be used from one thread.
public final class LineEditor {
  public struct Configuration {
    /// Plain text such as `segq> `; the editor colours it.
    public var prompt: String
    /// Stands before every further row: `  ... `.
    public var continuationPrompt: String
    /// Nil keeps the history in memory.
    public var historyPath: String?
    /// Without colours there are no suggestions either, since nothing would tell them from text.
    public var usesColor = false
    /// Display cells of one character: 0, 1 or 2.
    public var width: (Character) -> Int = { _ in 1 }
    /// Whether Enter ends the text or begins a new row.
    public var isComplete: (String) -> Bool = { _ in true }
    /// What Tab offers at a UTF-8 offset.
    public var complete: (_ text: String, _ cursor: Int) -> Completions = { _, cursor in
      Completions(replace: cursor..<cursor, candidates: [])
    }
    /// The same for the grey suggestion, which must take no time; nil where ``complete`` takes none.
    public var suggest: ((_ text: String, _ cursor: Int) -> Completions)?
    /// Colours while typing.
    public var style: ((String) -> [StyledRange])?
    public var theme: () -> Theme = { .usual }
    /// What is said under the text while it is typed, found out beside the editor.
    public var preview: Preview.Finder?
    /// Ctrl-X Ctrl-E: the text as it comes back from an editor, nil where nothing comes back.
    public var edit: (String) -> String? = { _ in nil }

    public init(
      prompt: String, continuationPrompt: String = "  ... ", historyPath: String? = nil
    ) {
      self.prompt = prompt
      self.continuationPrompt = continuationPrompt
      self.historyPath = historyPath
    }
  }

  /// How reading ended: with a text, with Ctrl-C, or with Ctrl-D on nothing.
  public enum Input: Equatable, Sendable {
    case text(String)
    case interrupted
    case end
  }

  private let store: History
  private let readInput: () -> Input

  public init(_ configuration: Configuration) {
    let store = History(path: configuration.historyPath)
    self.store = store
    if Terminal.supportsEditing, let screen = Terminal.screen,
      let loop = EditLoop(configuration, history: store, input: 0, screen: screen)
    {
      readInput = loop.read
    } else {
      readInput = PlainReader(configuration, screen: Terminal.screen).read
    }
  }

  /// Waits for the next input. A Ctrl-C from before is forgotten.
  public func read() -> Input {
    Interrupt.clear()
    return readInput()
  }

  /// Puts an entry into the history and at the end of its file; call it before running the entry,
  /// so that it is kept whatever happens then.
  public func remember(_ entry: String) {
    store.add(entry)
  }

  /// All entries, oldest first.
  public var history: [String] { store.entries }
}

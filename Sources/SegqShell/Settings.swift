import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

/// What `set` changes.
struct Settings {
  var pageSize = 20
  /// Nil: table on a terminal, CSV elsewhere.
  var format: Format?
  var showsHeader = true
  var showsTiming = false
  /// Whether what an answer uses, and is not fresh, is refreshed before it.
  var refreshesFirst = false
  /// Whether a table wider than the terminal is written a line a value.
  var turnsWhenWide = false
  /// Whether results on the terminal go through `$PAGER`, whole.
  var usesPager = false
  /// Whether the prompt tells what a statement would find while it is typed.
  var countsLive = true
  /// Nil: what the terminal is known to be.
  var theme: Theme?
  var zone = TimeZone.utc
  var memory = MemoryChoice.auto
  /// Nil: month first, unless a value of the column forbids it.
  var dateOrder: DateOrder?
  /// Whether orders without a customer id are linked by their email.
  var matchesGuests = false

  /// One setting: how it is called, shown and changed.
  struct Entry: Sendable {
    let name: String
    let summary: String
    /// What it can be, where that can be listed.
    var values: [String] = []
    let show: @Sendable (Settings) -> String
    /// Returns what would have been right where the value is not.
    let change: @Sendable (inout Settings, String) -> String?
  }

  static let entries: [Entry] = [
    Entry(
      "auto_refresh", "whether segments that are not fresh are refreshed before they are used",
      isOn: \.refreshesFirst, usually: false),
    Entry(
      name: "date_order", summary: "how dates with slashes are read: month, day or auto",
      values: ["auto", "month", "day"],
      show: { $0.dateOrder?.rawValue ?? "auto" },
      change: { settings, text in
        guard text != "auto" else {
          settings.dateOrder = nil
          return nil
        }
        guard let order = DateOrder(rawValue: text) else { return "month, day or auto" }
        settings.dateOrder = order
        return nil
      }),
    Entry(
      name: "format", summary: "how results are written: auto or one of 'help formats'",
      values: ["auto"] + Format.allCases.map(\.rawValue),
      show: { $0.format?.rawValue ?? "auto" },
      change: { settings, text in
        guard text != "auto" else {
          settings.format = nil
          return nil
        }
        guard let format = Format(rawValue: text) else {
          return "auto, " + Format.allCases.map(\.rawValue).joined(separator: ", ")
        }
        settings.format = format
        return nil
      }),
    Entry(
      name: "guests",
      summary: "orders without a customer id: nobody, or match to link them by their email",
      values: ["nobody", "match"],
      show: { $0.matchesGuests ? "match" : "nobody" },
      change: { settings, text in
        settings.matchesGuests = text == "match"
        return text == "match" || text == "nobody" ? nil : "nobody or match"
      }),
    Entry("header", "whether column names come first", isOn: \.showsHeader, usually: true),
    Entry(
      "live_count", "whether the prompt counts what a statement would find", isOn: \.countsLive,
      usually: true),
    Entry(
      name: "memory_limit",
      summary:
        "memory that a statement may make segq take: 2GB, auto for four fifths of what there is",
      values: ["auto", "2GB", "off"],
      show: { $0.memory.text },
      change: { settings, text in
        guard let choice = MemoryChoice(text) else { return "a size such as 2GB, auto or off" }
        settings.memory = choice
        return nil
      }),
    Entry(
      name: "page_size", summary: "rows on a page of the terminal; 0 for all",
      values: ["20", "50", "0"],
      show: { String($0.pageSize) },
      change: { settings, text in
        guard let size = Int(text), (0...100_000).contains(size) else { return "a number of rows" }
        settings.pageSize = size
        return nil
      }),
    Entry(
      "pager", "whether results on the terminal go through $PAGER", isOn: \.usesPager,
      usually: false),
    Entry(
      name: "theme", summary: "the colours of the prompt: auto, or for a dark or light terminal",
      values: ["auto", "dark", "light"],
      show: { $0.theme?.rawValue ?? "auto" },
      change: { settings, text in
        settings.theme = Theme(rawValue: text)
        return settings.theme == nil && text != "auto" ? "auto, dark or light" : nil
      }),
    Entry(
      name: "timezone", summary: "time zone for dates and times: Europe/Paris, UTC",
      values: ["UTC", "'Europe/Paris'", "'America/New_York'"],
      show: { $0.zone.name },
      change: { settings, text in
        guard let zone = Zones.named(text) else {
          return "a name such as Europe/Paris, America/New_York or UTC"
        }
        settings.zone = zone
        return nil
      }),
    Entry(
      "timing", "whether the time of each statement is shown", isOn: \.showsTiming, usually: false),
    Entry(
      name: "wide", summary: "what a table wider than the terminal becomes: cut or vertical",
      values: ["cut", "vertical"],
      show: { $0.turnsWhenWide ? "vertical" : "cut" },
      change: { settings, text in
        settings.turnsWhenWide = text == "vertical"
        return text == "vertical" || text == "cut" ? nil : "cut or vertical"
      }),
  ]

  static func entry(_ name: Identifier) throws(ShellError) -> Entry {
    let wanted = name.text.lowercased()
    if let entry = entries.first(where: { $0.name == wanted }) { return entry }
    throw .diagnostic(
      Diagnostic(
        code: "unknown-setting", "there is no setting '\(name.text)'", at: name.span,
        help: Suggestion.nearest(to: name.text, in: entries.map(\.name)).map {
          "did you mean '\($0)'?"
        } ?? "'set' lists them"))
  }
}

extension Settings.Entry {
  /// One that is on or off.
  fileprivate init(
    _ name: String, _ summary: String, isOn flag: any WritableKeyPath<Settings, Bool> & Sendable,
    usually isOn: Bool
  ) {
    self.init(
      name: name, summary: "\(summary): on or off", values: isOn ? ["on", "off"] : ["off", "on"],
      show: { $0[keyPath: flag] ? "on" : "off" },
      change: { settings, text in
        switch text.lowercased() {
        case "on", "true", "yes", "1": settings[keyPath: flag] = true
        case "off", "false", "no", "0": settings[keyPath: flag] = false
        default: return "on or off"
        }
        return nil
      })
  }

  /// Changes the setting, or says what would have been right.
  func apply(_ text: String, to settings: inout Settings, at span: SourceSpan) throws(ShellError) {
    guard let wanted = change(&settings, text) else { return }
    throw .diagnostic(
      Diagnostic(
        code: "wrong-setting", "\(name) can't be '\(text)'", at: span, help: "it is \(wanted)"))
  }
}

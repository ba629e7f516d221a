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
  /// Nil: month first, unless a value of the column forbids it.
  var dateOrder: DateOrder?

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
      name: "auto_refresh",
      summary: "whether segments that are not fresh are refreshed before they are used: on or off",
      show: { $0.refreshesFirst.onOff },
      change: { settings, text in change(&settings.refreshesFirst, text) }),
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
      name: "header", summary: "whether column names come first: on or off",
      values: ["on", "off"],
      show: { $0.showsHeader.onOff },
      change: { settings, text in change(&settings.showsHeader, text) }),
    Entry(
      name: "live_count",
      summary: "whether the prompt counts what a statement would find: on or off",
      values: ["on", "off"],
      show: { $0.countsLive.onOff },
      change: { settings, text in change(&settings.countsLive, text) }),
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
      name: "pager", summary: "whether results on the terminal go through $PAGER: on or off",
      values: ["off", "on"],
      show: { $0.usesPager.onOff },
      change: { settings, text in change(&settings.usesPager, text) }),
    Entry(
      name: "theme", summary: "the colours of the prompt: auto, or for a dark or light terminal",
      values: ["auto", "dark", "light"],
      show: { $0.theme?.rawValue ?? "auto" },
      change: { settings, text in
        settings.theme = Theme(rawValue: text)
        return settings.theme == nil && text != "auto" ? "auto, dark or light" : nil
      }),
    Entry(
      name: "timezone", summary: "where the clock hangs: Europe/Paris, UTC",
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
      name: "timing", summary: "whether the time of each statement is told: on or off",
      values: ["off", "on"],
      show: { $0.showsTiming.onOff },
      change: { settings, text in change(&settings.showsTiming, text) }),
    Entry(
      name: "wide", summary: "what a table wider than the terminal becomes: cut or vertical",
      values: ["cut", "vertical"],
      show: { $0.turnsWhenWide ? "vertical" : "cut" },
      change: { settings, text in
        settings.turnsWhenWide = text == "vertical"
        return text == "vertical" || text == "cut" ? nil : "cut or vertical"
      }),
  ]

  private static func change(_ flag: inout Bool, _ text: String) -> String? {
    switch text.lowercased() {
    case "on", "true", "yes", "1": flag = true
    case "off", "false", "no", "0": flag = false
    default: return "on or off"
    }
    return nil
  }

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
  /// Changes the setting, or says what would have been right.
  func apply(_ text: String, to settings: inout Settings, at span: SourceSpan) throws(ShellError) {
    guard let wanted = change(&settings, text) else { return }
    throw .diagnostic(
      Diagnostic(
        code: "wrong-setting", "\(name) can't be '\(text)'", at: span, help: "it is \(wanted)"))
  }
}

extension Bool {
  fileprivate var onOff: String { self ? "on" : "off" }
}

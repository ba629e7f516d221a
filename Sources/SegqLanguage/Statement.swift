/// One statement, as written.
public struct Statement: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    indirect case query(Query)
    indirect case command(Command)
  }
  public var kind: Kind
  public var span: SourceSpan
}

/// A statement that answers with rows.
public struct Query: Sendable, Hashable {
  public enum Subject: Sendable, Hashable {
    /// `select customers`
    case table(Identifier)
    /// `select country, count() from customers`; `from` is missing in `select 1 + 1`
    case columns([SelectItem], isDistinct: Bool, from: Source?)
    /// `drill 5 & 7`, `drill 5 joined since 2024-01`
    case drill(SegmentExpression, History?)
    /// `overlap 1, 2, 5`
    case overlap([SegmentExpression])
    /// `compare 5 with 7`
    case compare(SegmentExpression, SegmentExpression)
    /// `profile 5 by country against 7`
    case profile(SegmentExpression, by: [Expression], against: SegmentExpression?)
    /// `why 42 in 5`
    case why(Expression, SegmentExpression)
    case drift(SegmentExpression)
    case growth(SegmentExpression)
  }

  public var subject: Subject
  public var filter: Expression?
  public var grouping: [Expression] = []
  public var having: Expression?
  /// Where `group by` or `having` stands, the first of them.
  public var groups: SourceSpan?
  public var ordering: [SortItem] = []
  public var limit: Count?
  public var offset: Count?
  public var sample: Count?
  public var output = Output()
  public var span: SourceSpan

  init(_ subject: Subject, _ span: SourceSpan) {
    self.subject = subject
    self.span = span
  }

  /// `drill …`
  public init(drilling segments: SegmentExpression) {
    self.init(.drill(segments, nil), segments.span)
  }

  /// `select TABLE`
  public init(table: String) {
    let nowhere = SourceSpan(0, 0)
    self.init(.table(Identifier(text: table, span: nowhere)), nowhere)
  }
}

/// Which of a segment's customers, as its history has them.
public struct History: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case joinedSince = "joined since"
    case leftSince = "left since"
    case asOf = "as of"
  }
  public var kind: Kind
  public var date: Expression
}

/// `count() as n`, or `*`
public struct SelectItem: Sendable, Hashable {
  /// Nil is `*`.
  public var expression: Expression?
  public var alias: Identifier?
  /// `count() n`: the name stands without `as`.
  public var isAliasBare = false
  public var span: SourceSpan

  init(expression: Expression?, alias: Identifier?, span: SourceSpan, isAliasBare: Bool = false) {
    self.expression = expression
    self.alias = alias
    self.isAliasBare = isAliasBare
    self.span = span
  }

  /// A column, from elsewhere than a statement.
  public init(naming column: String) {
    let nowhere = SourceSpan(0, 0)
    let name = Identifier(text: column, span: nowhere)
    self.init(expression: Expression(.name([name]), nowhere), alias: nil, span: nowhere)
  }
}

public enum Source: Sendable, Hashable {
  case table(Identifier)
  case segments(SegmentExpression)
}

public struct SortItem: Sendable, Hashable {
  public var expression: Expression
  public var isDescending: Bool
}

/// A number of rows with its place: `20`, `$n`
public struct Count: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case number(Int)
    case variable(VariableName)
  }
  public var kind: Kind
  public var span: SourceSpan
}

/// Where a result goes: `as csv to 'x.csv' layout adobe`, `| less`
public struct Output: Sendable, Hashable {
  public var format: Identifier?
  public var file: Template?
  /// `to 'x.csv' append`
  public var isAppending = false
  public var layout: Identifier?
  public var pipe: ShellCommand?

  public init() {}

  public var isEmpty: Bool { format == nil && file == nil && pipe == nil && layout == nil }
}

/// A statement that does something.
public enum Command: Sendable, Hashable {
  /// `select all`, `deselect all`, `select visible`, `unselect visible`
  case tickAll
  case untickAll
  case tickVisible
  case untickVisible
  /// `select 3, 5`, `unselect 3`
  case tick([SegmentExpression])
  case untick([SegmentExpression])
  case refresh([SegmentExpression])
  case refreshStale
  case export(Export)
  case describe(DescribeSubject)
  case create(SegmentDefinition)
  case alter(SegmentExpression, Alteration)
  case drop([SegmentExpression])
  case load(Load)
  /// `open 'shop.segdb'`, `save`, `save session as 'q3.segq'`
  case open(Template)
  case save(Template?)
  case saveSession(Template)
  case undo
  /// `forget customer 42`
  case forget(Expression)
  case help(String)
  case set(Identifier?, SettingValue?)
  /// `\x`, `\x auto`, `\timing`
  /// To on, off or auto; nil for what it is not now.
  case toggle(Habit, HabitState?)
  /// `source 'report.segq' country=FR`
  case source(Template, [ScriptArgument])
  case echo([Expression])
  /// `assert count(customers) = 10, 'the wrong store'`
  case assert(Expression, Template?)
  /// `param country = 'FR'`
  case param(Identifier, Expression?)
  /// `let n = count(customers)`
  case assign(Identifier, Expression)
  case loop(Loop)
  case conditional(Conditional)
  /// `explain analyze select …`
  indirect case explain(Statement, isAnalyzed: Bool)
  /// `watch 5s select …`
  indirect case watch(Duration, Statement)
  case shell(ShellCommand)
  case history
  case page(PageMove)
  /// `last`: the last result, whole.
  case last
  /// `edit`, `edit 'file'`
  case edit(Template?)
  case quit
}

/// `country=FR` behind a script: the value of a parameter.
public struct ScriptArgument: Sendable, Hashable {
  public var name: Identifier
  /// A bare word is a text.
  public var value: Expression
}

/// `export 5, 7 where country = FR as csv to 'out.csv'`; no segments is `export segments`, the grid.
public struct Export: Sendable, Hashable {
  public var segments: [SegmentExpression]
  /// The clauses, as of a query that drills.
  public var filter: Expression?
  public var ordering: [SortItem] = []
  public var limit: Count?
  public var offset: Count?
  public var sample: Count?
  public var output: Output
}

public enum DescribeSubject: Sendable, Hashable {
  case tables
  /// What became of each file that was loaded.
  case load
  case table(Identifier)
  case segment(SegmentExpression)
}

/// `create or replace segment 'VIP' for 'Main Website' inactive description 'The best' as C`
public struct SegmentDefinition: Sendable, Hashable {
  public var name: Template
  public var isReplacing: Bool
  public var websites: [Template] = []
  public var isInactive = false
  public var description: Template?
  public var rule: Expression
}

/// What `alter segment 5 …` changes.
public enum Alteration: Sendable, Hashable {
  case rename(Template)
  /// `set status = inactive`
  case status(Identifier)
  /// `set website = 'A', 'B'`; none is all websites.
  case websites([Template])
  case description(Template)
  case rule(Expression)
}

/// `load 'orders.csv' as orders append (customer = 'Buyer No')`
public struct Load: Sendable, Hashable {
  public var path: Template
  public var table: Identifier?
  public var isAppend = false
  /// Column to header.
  public var columns: [Mapping] = []

  /// `load 'path'`
  public init(_ path: Template) { self.path = path }

  public struct Mapping: Sendable, Hashable {
    public var column: Identifier
    public var header: Template
  }
}

/// `for s in select id from segments { … }`
public struct Loop: Sendable, Hashable {
  public enum Rows: Sendable, Hashable {
    case query(Query)
    /// `(FR, DE)`
    case values([Expression])
    /// `$args`
    case variable(VariableName)
  }
  public var name: Identifier
  public var rows: Rows
  public var body: [Statement]
}

/// `if C { … } else { … }`
public struct Conditional: Sendable, Hashable {
  public var condition: Expression
  public var body: [Statement]
  /// `else if` is a conditional alone in here.
  public var otherwise: [Statement]
}

public struct SettingValue: Sendable, Hashable {
  public var text: Template

  public init(_ text: Template) { self.text = text }
}

/// What other shells switch on and off with one word: `\x`, `\timing off`.
public enum Habit: String, Sendable, Hashable {
  case vertical
  case timing
}

public enum HabitState: String, Sendable, Hashable {
  case on
  case off
  /// `\x auto`: a line a value where a table would be too wide.
  case auto
}

public enum PageMove: Sendable, Hashable {
  case next
  case previous
  case number(Int)
}

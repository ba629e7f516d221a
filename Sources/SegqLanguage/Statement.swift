/// One statement, as written.
public struct Statement: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case query(Query)
    case command(Command)
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
    /// `drill 5 & 7`
    case drill(SegmentExpression)
  }

  public var subject: Subject
  public var filter: Expression?
  public var grouping: [Expression] = []
  public var having: Expression?
  public var ordering: [SortItem] = []
  public var limit: Count?
  public var offset: Count?
  public var output = Output()
  public var span: SourceSpan

  init(_ subject: Subject, _ span: SourceSpan) {
    self.subject = subject
    self.span = span
  }

  /// `drill …`
  public init(drilling segments: SegmentExpression) { self.init(.drill(segments), segments.span) }

  /// `select TABLE`
  public init(table: String) {
    let nowhere = SourceSpan(0, 0)
    self.init(.table(Identifier(text: table, span: nowhere)), nowhere)
  }
}

/// `count() as n`, or `*`
public struct SelectItem: Sendable, Hashable {
  /// Nil is `*`.
  public var expression: Expression?
  public var alias: Identifier?
  public var span: SourceSpan
}

public enum Source: Sendable, Hashable {
  case table(Identifier)
  case segments(SegmentExpression)
}

public struct SortItem: Sendable, Hashable {
  public var expression: Expression
  public var isDescending: Bool
}

/// A number of rows with its place.
public struct Count: Sendable, Hashable {
  public var value: Int
  public var span: SourceSpan
}

/// Where a result goes: `as csv to 'x.csv'`, `| less`
public struct Output: Sendable, Hashable {
  public var format: Identifier?
  public var file: Text?
  public var pipe: Text?

  /// A string with its place.
  public struct Text: Sendable, Hashable {
    public var value: String
    public var span: SourceSpan
  }

  public init() {}

  public var isEmpty: Bool { format == nil && file == nil && pipe == nil }
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
  case help(String)
  case set(Identifier?, SettingValue?)
  case source(Output.Text)
  case load(Load)
  case echo([Expression])
  /// `assert count(customers) = 10, 'the wrong store'`
  case assert(Expression, Output.Text?)
  case shell(String)
  case history
  case page(PageMove)
  case quit
}

/// `export 5, 7 where country = FR as csv to 'out.csv'`; no segments is `export segments`, the grid.
public struct Export: Sendable, Hashable {
  public var segments: [SegmentExpression]
  public var filter: Expression?
  public var ordering: [SortItem] = []
  public var limit: Count?
  public var output: Output
}

public enum DescribeSubject: Sendable, Hashable {
  case tables
  case table(Identifier)
  case segment(SegmentExpression)
}

/// `load 'orders.csv' as orders append (customer = 'Buyer No')`
public struct Load: Sendable, Hashable {
  public var path: Output.Text
  public var table: Identifier?
  public var isAppend = false
  /// Column to header.
  public var columns: [Mapping] = []

  /// `load 'path'`
  public init(_ path: Output.Text) { self.path = path }

  /// `load 'path'`, from elsewhere than a statement.
  public init(_ path: String) { self.init(Output.Text(value: path, span: SourceSpan(0, 0))) }

  public struct Mapping: Sendable, Hashable {
    public var column: Identifier
    public var header: Output.Text
  }
}

public struct SettingValue: Sendable, Hashable {
  public var text: String
  public var span: SourceSpan

  public init(text: String, span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

public enum PageMove: Sendable, Hashable {
  case next
  case previous
  case number(Int)
}

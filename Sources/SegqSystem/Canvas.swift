/// The part of a terminal that the editor paints: from the row where the prompt began, downwards.
struct Canvas {
  let descriptor: Int32
  private var painter = Painter()
  private var size = Terminal.Size(columns: 80, rows: 24)
  private var top = 0

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// Brings the screen up to date, in one write.
  mutating func show(_ scene: Scene) {
    let frame = scene.frame(columns: size.columns, height: size.rows, top: top)
    top = frame.top
    var bytes: [UInt8] = []
    painter.paint(frame, into: &bytes)
    Descriptor.write(bytes, to: descriptor)
  }

  /// Shows all rows, were they more than the screen holds, and goes on below them.
  mutating func finish(_ scene: Scene) {
    var bytes: [UInt8] = []
    painter.paint(scene.frame(columns: size.columns, height: .max), into: &bytes)
    painter.finish(into: &bytes)
    top = 0
    Descriptor.write(bytes, to: descriptor)
  }

  /// Whether the screen can hold all of it at once.
  func holds(_ scene: Scene) -> Bool {
    scene.frame(columns: size.columns, height: .max).rows.count <= size.rows
  }

  var columns: Int { size.columns }
  var rows: Int { size.rows }

  /// Takes the size of the window anew, and what is painted off the screen.
  mutating func resize() {
    var bytes: [UInt8] = []
    size = Terminal.size(of: descriptor) ?? Terminal.Size(columns: 80, rows: 24)
    painter.erase(columns: size.columns, into: &bytes)
    top = 0
    Descriptor.write(bytes, to: descriptor)
  }

  /// The screen is not what it was: paint all of it next time, at the start of this row.
  mutating func forget() {
    painter.forget()
    top = 0
  }

  func write(_ text: String) {
    Descriptor.write(Array(text.utf8), to: descriptor)
  }
}

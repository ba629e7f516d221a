public import SegqEngine
import SegqSystem

// From one state to the next.
extension Workspace {
  public var isWriting: Bool { writing != nil }

  /// Takes the right to change it; true where others had changed it since it was opened, so that
  /// ``store`` is another now. Waits a little for another program to be done.
  public func beginWriting(patience: Int = 2) throws(StoreError) -> Bool {
    guard writing == nil else { return false }
    guard folder.isWorkspace else { throw .replaced(path) }
    try folder.checkKinds()
    guard folder.isWritable else { throw .readOnly(path) }
    let isReplaced = try !hold()
    let lock = try Self.lock(folder, patience: patience)
    let database = try Database(folder.catalog, .write)
    try database.prepareToWrite()
    let current = try CatalogImage(database, path: folder.catalog, after: lock.lastChange)
    // No page of an older program's catalog has a checksum.
    if !database.hasTrailers { try database.check(isThorough: true) }
    let isOther = isReplaced || current != image
    if isOther { try take(current) }
    writing = Writing(lock: lock, database: database)
    removeUnreferencedFiles()
    return isOther
  }

  /// Holds the folder that is at the path now; false where it is not the one that was held.
  func hold() throws(StoreError) -> Bool {
    if let held, held.isAt(folder) { return true }
    let new = try HeldFolder(folder)
    (held, folder.identity) = (new, new.identity)
    return false
  }

  /// That what will be written is what others find at the path, and that nobody else writes.
  private func checkPlace() throws(StoreError) {
    guard let writing, let held, held.isAt(folder), !writing.database.isMoved else {
      throw .replaced(path)
    }
    guard writing.lock.isAt(folder.lock) else { throw .lostLock(path) }
  }

  static func lock(
    _ folder: WorkspaceFolder, patience: Int
  ) throws(StoreError) -> WorkspaceLock {
    do throws(LockFailure) { return try WorkspaceLock(folder.lock, patience: patience) } catch {
      switch error {
      case .system(let error): throw .file(folder.lock, error)
      case .wrongKind(let kind): throw .wrongKind(folder.lock, kind, expected: .file)
      case .held(let process, let since):
        throw .locked(folder.path, process: process, since: since)
      }
    }
  }

  public func endWriting() {
    writing?.database.close()
    writing = nil
  }

  /// Keeps another store in the place of the one that was: what is new is written first, and one
  /// transaction makes it count. It is on the disk when this returns; if it throws, all is as it was.
  ///
  /// What the workspace keeps of a `forgotten` customer's coming and going goes in the same step.
  public func commit(
    _ store: Store, settings: [String: String], forgetting forgotten: Int64? = nil,
    showsProgress: Bool = false, isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(StoreError) {
    guard let writing else { preconditionFailure("who commits has begun to write") }
    do throws(StoreError) { try checkPlace() } catch {
      endWriting()
      throw error
    }
    let list = files.newFiles(of: store)
    try folder.checkRoom(for: files.kept(for: store).count + list.count)
    let (files, new) = try write(list, showsProgress, isInterrupted)
    let next: CatalogImage
    do throws(StoreError) {
      if let damage { throw damage }
      var changes: [any CatalogChange] = try growthChanges(to: store)
      if let forgotten { changes += try growthChanges(forgetting: forgotten) }
      changes += try journalChanges(to: store)
      next = image(of: store, settings, files, new)
      try next.write(over: image, writing.database, changes) { () throws(StoreError) in
        try checkPlace()
        guard folder.has(new) else { throw .lostLock(path) }
      }
      // What was removed in the middle of it is not told to be kept.
      try checkPlace()
    } catch {
      takeBack(new)
      throw error
    }
    writing.lock.note(change: next.meta("changes") ?? 0)
    // Where there is no room for that now, there will be after another change.
    try? writing.database.addTrailers()
    (self.store, self.settings, image) = (store, settings, next)
    skippedFiles = 0
    takeGrowth(from: next)
    takeJournal(from: next)
    self.files = files.kept(for: store)
    removeUnreferencedFiles()
  }

  /// Removes new files, unless the catalog names them all the same: where its log was written and the
  /// disk then refused to say so. Who writes next finds out.
  private func takeBack(_ files: [CatalogImage.FileRow]) {
    let lock = writing?.lock
    defer { lock?.release() }
    writing?.database.close()
    writing = nil
    guard held?.isAt(folder) == true, let current = try? CatalogImage(reading: folder),
      current.meta("changes") == image.meta("changes")
    else { return }
    folder.remove(files)
  }

  private func image(
    of store: Store, _ settings: [String: String], _ files: FileMap, _ new: [CatalogImage.FileRow]
  ) -> CatalogImage {
    let steps = store.segments.reduce(into: [:]) { $0[$1.id] = stepCount(of: $1) }
    var next = CatalogImage(store, settings: settings, steps: steps.filter { $1 > 0 }, in: files)
    let referenced = next.referencedFiles
    for file in image.files + new where referenced.contains(file.number) { next.put(file) }
    next.setMeta("version", CatalogImage.formatVersion)
    next.setMeta("changes", (image.meta("changes") ?? 0) + 1)
    next.setMeta("next_file", Int64(nextFile + new.count))
    next.setJournal(range: journalRange(of: store), store.journal)
    next.seal()
    return next
  }

  private var nextFile: Int { (image.meta("next_file").map { Int($0) } ?? 1) + skippedFiles }

  /// Writes files; either all of them are there when this returns, or none.
  private func write(
    _ list: [NewFile], _ showsProgress: Bool, _ isInterrupted: @escaping @Sendable () -> Bool
  ) throws(StoreError) -> (FileMap, [CatalogImage.FileRow]) {
    let work = FileWork(
      list, from: nextFile, in: folder, showsProgress: showsProgress, isInterrupted)
    let rows: [CatalogImage.FileRow]
    do throws(StoreError) { rows = try work.run() } catch {
      // Some of them may still be going away.
      skippedFiles += list.count
      throw error
    }
    var files = files
    for (row, file) in zip(rows, list) {
      for values in file.values { files[values] = row.number }
    }
    return (files, rows)
  }

  /// Who reads them still has them mapped, or reads the catalog again. In a transaction, so that nobody
  /// begins to name them meanwhile.
  private func removeUnreferencedFiles() {
    guard let writing else { return }
    let known = Set(image.files.map(\.number))
    try? writing.database.changing(from: image) { () throws(StoreError) in
      for file in (try? folder.dataFiles()) ?? [] {
        if let number = file.number, known.contains(number) { continue }
        Files.remove(folder.data + "/" + file.name)
      }
    }
  }

  /// Overwrites in the catalog what it no longer says; false where another program reads it just now.
  public func scrub() throws(StoreError) -> Bool {
    let rows = try writing?.database.rows("pragma wal_checkpoint(truncate)")
    return rows?.first?.first != .integer(1)
  }
}

extension Database {
  /// What is committed is on the disk, and what is deleted is overwritten.
  func prepareToWrite() throws(StoreError) {
    try run("pragma synchronous = full; pragma secure_delete = on")
  }
}

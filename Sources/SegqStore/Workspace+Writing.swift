public import SegqEngine
import SegqSystem

// From one state to the next.
extension Workspace {
  public var isWriting: Bool { writing != nil }

  /// Takes the right to change it; true where others had changed it since it was opened, so that
  /// ``store`` is another now. Waits a little for another program to be done.
  public func beginWriting(patience: Int = 2) throws(StoreError) -> Bool {
    guard writing == nil else { return false }
    guard folder.isWritable else { throw .readOnly(path) }
    let lock = try Self.lock(folder, patience: patience)
    let database = try Database(folder.catalog, .write)
    try database.prepareToWrite()
    let current = try CatalogImage(database, path: folder.catalog)
    let isOther = current.meta("changes") != image.meta("changes")
    if isOther { try take(current) }
    writing = Writing(lock: lock, database: database)
    removeUnreferencedFiles()
    return isOther
  }

  static func lock(
    _ folder: WorkspaceFolder, patience: Int
  ) throws(StoreError) -> WorkspaceLock {
    do throws(LockFailure) { return try WorkspaceLock(folder.lock, patience: patience) } catch {
      switch error {
      case .system(let error): throw .file(folder.lock, error)
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
    let (files, new) = try write(files.newFiles(of: store), showsProgress, isInterrupted)
    let next: CatalogImage
    do throws(StoreError) {
      if let damage { throw damage }
      var changes: [any CatalogChange] = try growthChanges(to: store)
      if let forgotten { changes += try growthChanges(forgetting: forgotten) }
      changes += try journalChanges(to: store)
      next = image(of: store, settings, files, new)
      try next.write(over: image, writing.database, changes)
    } catch {
      takeBack(new)
      throw error
    }
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
    endWriting()
    guard let current = try? CatalogImage(reading: folder),
      current.meta("changes") == image.meta("changes")
    else { return }
    for file in files { Files.remove(folder.file(file.number)) }
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

  /// Who reads them still has them mapped, or reads the catalog again.
  private func removeUnreferencedFiles() {
    let known = Set(image.files.map(\.number))
    for file in (try? folder.dataFiles()) ?? [] {
      if let number = file.number, known.contains(number) { continue }
      Files.remove(folder.data + "/" + file.name)
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

import SegqBytes

extension FileOpener {
  func open(_ archive: any Archive) throws(ReadingFailure) -> TableFile { throw .empty }
}

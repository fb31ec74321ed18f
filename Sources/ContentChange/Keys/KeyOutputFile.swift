internal import DurableFiles
internal import Glibc
public import TrustModel

/// Writes a new file that a person names: whole, synced, read back and compared, never over another one.
public enum KeyOutputFile {
  /// Makes the file, of that mode from its first octet.
  ///
  /// - Throws: `KeyFolderError.writing`; nothing is left of a file that could not be written whole.
  public static func write(_ text: SecretOctets, to path: String, mode: UInt32) throws(KeyFolderError) {
    let slash = path.lastIndex(of: "/")
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    let parent = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard !name.isEmpty, name != ".", name != ".." else { throw .writing(.system(path, "is not the name of a file")) }
    do throws(WriteError) {
      let directory = try WritableDirectory.open(named: parent)
      try directory.create(name, mode: mode) { (file) throws(WriteError) in try fill(file, text, path) }
      do throws(WriteError) {
        try directory.sync()
        guard try directory.contents(of: name, limit: text.count).map({ text.elementsEqual($0) }) == true else {
          throw .system(path, "what is read back is not what was written")
        }
      } catch {
        try? directory.remove(name)
        throw error
      }
    } catch {
      throw .writing(error)
    }
  }

  /// Takes a file away again that was written here.
  public static func remove(_ path: String) { unsafe _ = unlink(path) }

  private static func fill(_ file: CInt, _ text: SecretOctets, _ path: String) throws(WriteError) {
    var failure: WriteError?
    unsafe text.withUnsafeBytes { octets in
      do throws(WriteError) {
        unsafe try WritableDirectory.write(octets, to: file, at: path)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}

internal import DurableFiles
internal import Glibc
internal import TrustModel

/// A file that gets its name only when it is complete and has been looked at.
struct NewFile: ~Copyable {
  let directory: WritableDirectory
  let name: String
  private let path: String
  private let temporary: String
  private let option: String

  /// A file at `path`; `option` is what would replace one that is there.
  static func at(
    _ path: String, replacing isReplacing: Bool, by option: String
  ) throws(PublishingProblem) -> NewFile {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty, name != ".", name != ".." else {
      throw PublishingProblem(.usage, "\(VisibleText(path)) is no name of a file")
    }
    let temporary = ".\(name.prefix(100)).keyreeve-\(getpid())"
    let directory = try directory(folder, path, option)
    do throws(WriteError) {
      let standing = try directory.kind(of: name)
      if !isReplacing, standing != nil { throw WriteError.exists(path) }
      if let standing, standing != .file { throw WriteError.system(path, "it is no regular file, and not replaced") }
      try directory.remove(temporary)
    } catch {
      throw problem(error, path, option)
    }
    return NewFile(directory, name, path, temporary, option)
  }

  private init(
    _ directory: consuming WritableDirectory, _ name: String, _ path: String, _ temporary: String, _ option: String
  ) {
    self.directory = directory
    (self.name, self.path, self.temporary, self.option) = (name, path, temporary, option)
  }

  /// Whether a path leads to the file that stands under this name.
  func isSame(as path: String) -> Bool {
    var (own, other) = (stat(), stat())
    let place = (directory.path.isEmpty ? "/" : directory.path) + "/" + name
    guard unsafe stat(place, &own) == 0, unsafe stat(path, &other) == 0 else { return false }
    return own.st_dev == other.st_dev && own.st_ino == other.st_ino
  }

  private static func directory(
    _ folder: String, _ path: String, _ option: String
  ) throws(PublishingProblem) -> WritableDirectory {
    do throws(WriteError) {
      return try WritableDirectory.open(named: folder)
    } catch {
      throw problem(error, path, option)
    }
  }

  /// Fills the file, lets `check` look at it through its temporary path, and gives it its name.
  ///
  /// - Throws: what `fill` or `check` throw; then nothing is left.
  func write(
    replacing isReplacing: Bool, mode: UInt32 = 0o644, _ fill: (CInt) throws(PublishingProblem) -> Void,
    check: (String) throws(PublishingProblem) -> Void = { (_: String) throws(PublishingProblem) in }
  ) throws(PublishingProblem) {
    var problem: PublishingProblem?
    do throws(WriteError) {
      try directory.create(temporary, mode: mode) { (file) throws(WriteError) in
        do throws(PublishingProblem) {
          try fill(file)
        } catch {
          problem = error
          throw WriteError.exists(path)
        }
      }
    } catch {
      throw problem ?? Self.problem(error, path, option)
    }
    do throws(PublishingProblem) {
      try check((directory.path.isEmpty ? "/" : directory.path) + "/" + temporary)
    } catch {
      try? directory.remove(temporary)
      throw error
    }
    try place(replacing: isReplacing)
  }

  private func place(replacing isReplacing: Bool) throws(PublishingProblem) {
    do throws(WriteError) {
      if isReplacing {
        try directory.move(temporary, to: directory, as: name)
      } else {
        try directory.place(temporary, in: directory, as: name)
      }
      try directory.sync()
    } catch {
      try? directory.remove(temporary)
      throw Self.problem(error, path, option)
    }
  }

  private static func problem(_ error: WriteError, _ path: String, _ option: String) -> PublishingProblem {
    if case .exists = error {
      return PublishingProblem(.declined, "\(VisibleText(path)) exists already; to replace it: \(option)")
    }
    return PublishingProblem(.failed, "\(error)")
  }
}

/// Writes octets into a file that gets its name last.
public enum WholeFile {
  /// Refuses a file that `write` would refuse by what stands there.
  public static func check(
    _ path: String, replacing isReplacing: Bool, by option: String
  ) throws(PublishingProblem) {
    _ = try NewFile.at(path, replacing: isReplacing, by: option)
  }

  /// Writes a file; one that is there is replaced only where that is wanted, by the flag `option`.
  public static func write(
    _ octets: [UInt8], to path: String, replacing isReplacing: Bool, by option: String
  ) throws(PublishingProblem) {
    let file = try NewFile.at(path, replacing: isReplacing, by: option)
    try file.write(replacing: isReplacing) { (descriptor) throws(PublishingProblem) in
      try put(octets, into: descriptor, at: path)
    }
  }

  static func put(_ octets: [UInt8], into descriptor: CInt, at path: String) throws(PublishingProblem) {
    do throws(WriteError) {
      try unsafe octets.withUnsafeBufferPointer { (buffer) throws(WriteError) in
        try unsafe WritableDirectory.write(UnsafeRawBufferPointer(buffer), to: descriptor, at: path)
      }
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }
}

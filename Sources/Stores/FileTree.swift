/// What a look through a folder of anybody's files may cost.
public struct FileTreeLimits: Sendable {
  /// Octets of one file.
  public var file = 1 << 20
  /// Octets of all files that are read.
  public var total: Int64 = 256 << 20
  /// How many files are read.
  public var files = 20_000
  /// How many names are looked at.
  public var names = 500_000
  /// How deep files may lie.
  public var depth = 24

  /// The usual limits.
  public init() {}
}

/// The files below a folder, read one by one through descriptors; links, FIFOs and devices are passed over.
public struct FileTree {
  private let limits: FileTreeLimits
  private let wants: (String, [String], FileStatus) -> Bool
  private let take: (String, [UInt8]) -> Void
  private var names = 0
  private var files = 0
  private var total: Int64 = 0

  /// What could not be read, with the reason.
  public private(set) var obstacles: [StoreError] = []
  /// Why the look ended early, in words; nil where it is whole.
  public private(set) var cut: String?

  /// The most obstacles that are named.
  static let obstacleLimit = 100
  /// The folder of git's own objects, which nobody reads as files.
  private static let passedOver: Set<String> = [".git"]

  /// A look at files.
  ///
  /// - Parameters:
  ///   - wants: says by name, folders above it, and status whether a file is read.
  ///   - take: gets the path of a file, as it is opened from here, and its contents.
  public init(
    _ limits: FileTreeLimits = FileTreeLimits(), wants: @escaping (String, [String], FileStatus) -> Bool,
    take: @escaping (String, [UInt8]) -> Void
  ) {
    (self.limits, self.wants, self.take) = (limits, wants, take)
  }

  /// Looks through a folder of a machine, by its absolute path without the sysroot.
  ///
  /// - Throws: `StoreError` where the folder itself cannot be opened.
  public mutating func read(_ path: String, under sysroot: Sysroot) throws(StoreError) {
    do throws(StoreError) {
      let top = try sysroot.isMachine ? Directory.open(named: path) : sysroot.open(path)
      visit(top, [], sysroot)
    } catch {
      throw error.located(by: sysroot)
    }
  }

  private mutating func visit(_ directory: borrowing Directory, _ parents: [String], _ sysroot: Sysroot) {
    do throws(StoreError) {
      for name in try directory.names() where cut == nil {
        names += 1
        guard names <= limits.names else { return end("there are more than \(limits.names) names") }
        do throws(StoreError) {
          try look(at: name, in: directory, parents, sysroot)
        } catch .missing {
          // Gone since the names were read.
        } catch {
          note(error, sysroot)
        }
      }
    } catch {
      note(error, sysroot)
    }
  }

  private mutating func look(
    at name: String, in directory: borrowing Directory, _ parents: [String], _ sysroot: Sysroot
  ) throws(StoreError) {
    let status = try directory.status(of: name)
    switch status.kind {
    case .directory where Self.passedOver.contains(name): return
    case .directory:
      guard parents.count < limits.depth else {
        return note(.tooLarge(directory.path + "/" + name, limit: limits.depth), sysroot)
      }
      visit(try directory.openDirectory(name), parents + [name], sysroot)
    case .regular where wants(name, parents, status):
      guard status.size <= limits.file else { throw .tooLarge(directory.path + "/" + name, limit: limits.file) }
      guard files < limits.files else { return end("there are more than \(limits.files) files to read") }
      guard total + status.size <= limits.total else { return end("the files have more than \(limits.total) octets") }
      let contents = try directory.read(name, limit: limits.file).contents
      (files, total) = (files + 1, total + Int64(contents.count))
      take(sysroot.located(directory.path + "/" + name), contents)
    case .other where wants(name, parents, status): throw .notRegular(directory.path + "/" + name)
    default: return
    }
  }

  private mutating func note(_ error: StoreError, _ sysroot: Sysroot) {
    if obstacles.count < Self.obstacleLimit { obstacles.append(error.located(by: sysroot)) }
  }

  private mutating func end(_ reason: String) { cut = cut ?? reason }
}

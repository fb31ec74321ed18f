internal import Discovery
internal import DurableFiles
internal import Glibc
internal import OpenPGP
internal import TrustModel

/// The folder of a site, as far as it is there.
struct SiteTree: ~Copyable {
  /// Nil for a folder that is not there and was not to be made.
  let root: WritableDirectory?
  private let lock: FileLock?

  /// Opens the folder, and keeps others from publishing into it; where `makes` is false, only looks.
  static func open(_ site: String, makes: Bool) throws(PublishingProblem) -> SiteTree {
    let root = try opened(site, makes: makes)
    let lock = makes ? try locked(root) : nil
    return try SiteTree(root, lock, site, makes: makes)
  }

  private static func opened(_ site: String, makes: Bool) throws(PublishingProblem) -> WritableDirectory? {
    do throws(WriteError) {
      return try directory(site, makes: makes)
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  private static func locked(_ root: borrowing WritableDirectory?) throws(PublishingProblem) -> FileLock? {
    do throws(WriteError) {
      // A program that was just started may hold on to the lock of one that has just ended.
      for _ in 0..<PublishingLimits.lockTries {
        if let lock = try root?.lockIfFree() { return lock }
        usleep(50_000)
      }
      return nil
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  private init(
    _ root: consuming WritableDirectory?, _ lock: consuming FileLock?, _ site: String, makes: Bool
  ) throws(PublishingProblem) {
    self.root = root
    self.lock = lock
    if makes, self.lock == nil {
      throw PublishingProblem(.failed, "another program is publishing into \(VisibleText(site)): try again later")
    }
  }

  /// A folder of the site, made where it is missing.
  func make(_ names: [String]) throws(PublishingProblem) -> WritableDirectory {
    do throws(WriteError) {
      guard let folder = try root?.descend(names) else { throw WriteError.system("the site", "it is not there") }
      return folder
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  private static func directory(_ site: String, makes: Bool) throws(WriteError) -> WritableDirectory? {
    if unsafe access(site, F_OK) == 0 { return try WritableDirectory.open(named: site) }
    guard makes else { return nil }
    let parts = site.split(separator: "/")
    let above = parts.dropLast().joined(separator: "/")
    let parent = site.hasPrefix("/") ? "/" + above : above.isEmpty ? "." : above
    return try WritableDirectory.open(named: parent).descend(parts.suffix(1).map(String.init))
  }

  /// A folder of the site; nil where it is not there.
  func folder(_ names: [String]) throws(PublishingProblem) -> WritableDirectory? {
    do throws(WriteError) {
      guard var current = try root?.open(".") else { return nil }
      for name in names {
        guard try current.kind(of: name) == .directory else { return nil }
        current = try current.open(name)
      }
      return current
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  /// The contents of a file of the site; nil where it is not there.
  func contents(_ folders: [String], _ name: String, limit: Int) throws(PublishingProblem) -> [UInt8]? {
    guard let folder = try folder(folders) else { return nil }
    do throws(WriteError) {
      guard try folder.kind(of: name) != nil else { return nil }
      guard let octets = try folder.contents(of: name, limit: limit) else {
        throw WriteError.system(folder.path + "/" + name, "it is no file of at most \(limit) octets")
      }
      return octets
    } catch {
      throw PublishingProblem(.failed, "\(error)")
    }
  }

  /// The keys that the site has published.
  func keys() throws(PublishingProblem) -> [Certificate] {
    let limit = OpenPGPLimits.standard.keyFileOctets
    guard let octets = try contents([], SiteLayout.keys, limit: limit) else { return [] }
    do throws(CertificateError) {
      return try Certificate.readAll(octets)
    } catch {
      throw PublishingProblem(.failed, "\(SiteLayout.keys) of the site is not taken: \(error); mend it or move it away")
    }
  }

  /// The images that the site lists for a name; none where it lists none.
  func list(of name: Prefix) throws(PublishingProblem) -> SiteList {
    let folders = SiteLayout.pageFolders(of: name)
    guard let octets = try contents(folders, SiteLayout.list, limit: SiteList.octetLimit) else { return SiteList(name) }
    guard let list = SiteList(octets), list.name == name else {
      throw PublishingProblem(
        .failed,
        "\((folders + [SiteLayout.list]).joined(separator: "/")) of the site is no list of \(name): move it away")
    }
    return list
  }
}

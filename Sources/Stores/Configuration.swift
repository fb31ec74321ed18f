/// The configuration of a machine: its drop-in files, read in order, the later ones before the earlier ones.
///
/// `*.conf` of `/usr/lib/keyreeve`, then of `/etc/keyreeve`, then of the user's `$XDG_CONFIG_HOME/keyreeve`, in each by
/// name. A value replaces the one of an earlier file; an empty one takes it back. The `header` lines of a section in one
/// file stand together and replace those of earlier files. Source: CONTRACT, "Places".
public struct Configuration: Sendable {
  /// The machine.
  public let sysroot: Sysroot
  /// The files that were read, in order, absolute, without the sysroot.
  public private(set) var files: [String] = []
  /// What this user may not read, and so does not count: an administrator's files with secrets in them.
  public private(set) var unreadable: [String] = []
  /// The values in force, in the order in which they were read.
  public private(set) var entries: [ConfigurationEntry] = []

  /// Reads the configuration of the machine under `sysroot`, for the user whose `XDG_CONFIG_HOME` and `HOME` the
  /// environment says; relative values are ignored, as the XDG base directory specification asks.
  ///
  /// - Throws: `ConfigurationError` for whatever is not understood, readable by others than it may be, or out of limits.
  public init(sysroot: Sysroot, environment: (String) -> String?) throws(ConfigurationError) {
    self.sysroot = sysroot
    for place in ["/usr/lib/keyreeve", "/etc/keyreeve"] { try read(place, isOwn: false) }
    if let place = Self.ownPlace(environment) { try read(place, isOwn: true) }
  }

  /// The values of a key in a section.
  public func values(_ key: ConfigurationKey, in section: ConfigurationSection) -> [ConfigurationEntry] {
    entries.filter { $0.section == section && $0.key == key }
  }

  /// The value of a key that does not repeat.
  public func value(_ key: ConfigurationKey, in section: ConfigurationSection) -> ConfigurationEntry? {
    values(key, in: section).last
  }

  /// The sections for hosts, in order.
  public var hosts: [String] {
    var seen: Set<String> = []
    return entries.compactMap { entry in
      guard case .host(let authority) = entry.section, seen.insert(authority).inserted else { return nil }
      return authority
    }
  }

  /// The names and beginnings of names that sections for repositories have, in order.
  public var repositories: [String] {
    var seen: Set<String> = []
    return entries.compactMap { entry in
      guard case .repository(let name) = entry.section, seen.insert(name).inserted else { return nil }
      return name
    }
  }

  /// The sections for registries, in order.
  public var registries: [String] {
    var seen: Set<String> = []
    return entries.compactMap { entry in
      guard case .registry(let name) = entry.section, seen.insert(name).inserted else { return nil }
      return name
    }
  }

  private static func ownPlace(_ environment: (String) -> String?) -> String? {
    func absolute(_ name: String) -> String? { environment(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
    return (absolute("XDG_CONFIG_HOME") ?? absolute("HOME").map { $0 + "/.config" }).map { $0 + "/keyreeve" }
  }

  /// Reads the files of a directory; the user's own must all be readable.
  private mutating func read(_ place: String, isOwn: Bool) throws(ConfigurationError) {
    let directory = ConfigurationDirectory(sysroot: sysroot, place: place)
    let names: [String]
    do throws(StoreError) {
      names = try directory.names()
    } catch .missing {
      return
    } catch .permission where !isOwn {
      unreadable.append(place)
      return
    } catch {
      throw .store(error)
    }
    guard names.count <= ConfigurationLimits.files else {
      throw .tooMany(sysroot.located(place), limit: ConfigurationLimits.files)
    }
    for name in names {
      let file: (contents: [UInt8], status: FileStatus)
      do throws(StoreError) {
        file = try directory.contents(of: name)
      } catch .permission where !isOwn {
        unreadable.append(place + "/" + name)
        continue
      } catch {
        throw .store(error)
      }
      try add(file.contents, file.status, place + "/" + name)
    }
  }

  private mutating func add(_ octets: [UInt8], _ status: FileStatus, _ path: String) throws(ConfigurationError) {
    let shown = sysroot.located(path)
    guard status.mode & 0o002 == 0 else { throw .writable(shown) }
    let file = try ConfigurationFile(path: path, shown: shown, octets: octets)
    if status.mode & 0o066 != 0, let secret = file.entries.first(where: \.isSecret) {
      throw .exposed(shown, secret.key)
    }
    files.append(path)
    merge(file.entries)
  }

  private mutating func merge(_ new: [ConfigurationEntry]) {
    for entry in new {
      entries.removeAll { old in
        let isSame = old.section == entry.section && old.key == entry.key
        return isSame && !(entry.key.mayRepeat && old.file == entry.file && !entry.value.isEmpty)
      }
      if !entry.value.isEmpty { entries.append(entry) }
    }
  }
}

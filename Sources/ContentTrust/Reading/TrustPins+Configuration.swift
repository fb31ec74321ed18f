internal import SignedMetadata
public import Stores
public import TrustModel

extension TrustPins {
  /// Adds what Keyreeve's own configuration says of a repository, in its sections `[repository NAME]`.
  ///
  /// NAME is the whole name of a repository, or a beginning of names that ends in `*`. Of `root-key`, else `root-authority`, of
  /// `root-file` and of `first-use` the section with the best NAME counts that says it.
  ///
  /// - Throws: `PinError`, which names the file and the line.
  public mutating func add(_ configuration: Configuration, for repository: Repository) throws(PinError) {
    if let pin = try Self.pin(configuration, repository) { pins.append(pin) }
    startingRoot = try Self.startingRoot(configuration, repository) ?? startingRoot
    guard let entry = configuration.best(.firstUse, for: repository).last else { return }
    switch entry.text {
    case "yes": allowsFirstUse = true
    case "no": forbidsFirstUse = forbidsFirstUse ?? configuration.place(of: entry)
    default: return
    }
  }

  private static func startingRoot(
    _ configuration: Configuration, _ repository: Repository
  ) throws(PinError) -> (octets: [UInt8], place: String)? {
    guard let entry = configuration.best(.rootFile, for: repository).last, let file = entry.text else { return nil }
    let place = configuration.place(of: entry)
    guard file.hasPrefix("/") else { throw PinError(place, "\(file) is not an absolute path") }
    let located = configuration.sysroot.located(file)
    let octets: [UInt8]?
    do {
      octets = try NamedFile.contents(of: file, under: configuration.sysroot, limit: MetadataLimits().root)
    } catch {
      throw PinError(place, "\(located): \(error.problem)")
    }
    guard let octets else { throw PinError(place, "\(located) does not exist") }
    return (octets, place)
  }

  private static func pin(_ configuration: Configuration, _ repository: Repository) throws(PinError) -> RootPin? {
    let keys = configuration.best(.rootKey, for: repository)
    if let first = keys.first {
      let ids = keys.compactMap { $0.text?.lowercased() }
      guard ids.allSatisfy({ KeyID($0) != nil }) else {
        throw PinError(configuration.place(of: first), "root-key is no identifier of 64 hexadecimal digits")
      }
      return RootPin(.keys(Set(ids)), place: configuration.place(of: first))
    }
    guard let entry = configuration.best(.rootAuthority, for: repository).last, let file = entry.text else {
      return nil
    }
    return try AuthorityFile.pin(file, on: configuration.sysroot, named: configuration.place(of: entry))
  }
}

extension Configuration {
  /// The values of a key in the section that counts for a repository, of those that have one.
  fileprivate func best(_ key: ConfigurationKey, for repository: Repository) -> [ConfigurationEntry] {
    let patterns = repositories.filter { !values(key, in: .repository($0)).isEmpty }
    return RepositoryPattern.best(patterns, for: repository).map { values(key, in: .repository($0)) } ?? []
  }

  /// File and line, as they are found from here.
  fileprivate func place(of entry: ConfigurationEntry) -> String { "\(sysroot.located(entry.file)):\(entry.line)" }
}

internal import SignedMetadata
internal import Stores
internal import StrictJSON
public import TrustModel

/// What notary's own configuration says of trust: `trust_pinning` in `~/.notary/config.json`.
///
/// `certs` has names of repositories, or beginnings of them with `*`, and identifiers of keys; `ca` has beginnings of names, without
/// `*`, and PEM files; `disable_tofu` forbids trust on first use. Of these the first that says anything counts. Notary writes
/// the names small before it compares them; here they count as they are written, too. Source: reference/docker-content-trust.md, section 3.
public struct NotaryPins: Sendable {
  private let file: String
  private let sysroot: Sysroot
  private let pinning: JSON?

  /// What `pinning` says, which stands in `file`; nil pins nothing.
  init(_ pinning: JSON?, sysroot: Sysroot, place file: String) {
    (self.file, self.sysroot, self.pinning) = (file, sysroot, pinning)
  }

  /// Adds what is said of a repository.
  ///
  /// - Throws: `PinError`, which names the file and the key.
  public func add(to pins: inout TrustPins, for repository: Repository) throws(PinError) {
    if let pin = try keys(repository) { return pins.pins.append(pin) }
    if let pin = try authority(repository) { return pins.pins.append(pin) }
    switch pinning?["disable_tofu"] {
    case nil, .null, .bool(false): return
    case .bool(true): pins.forbidsFirstUse = pins.forbidsFirstUse ?? place("disable_tofu")
    default: throw PinError(place("disable_tofu"), "is neither true nor false")
    }
  }

  private func keys(_ repository: Repository) throws(PinError) -> RootPin? {
    let entries = try entries("certs")
    guard let pattern = RepositoryPattern.best(entries.map(\.name), for: repository),
      let entry = entries.last(where: { $0.name == pattern })
    else { return nil }
    guard let ids = entry.value.array?.compactMap({ $0.string?.text.lowercased() }),
      ids.count == entry.value.array?.count, !ids.isEmpty, ids.allSatisfy({ KeyID($0) != nil })
    else { throw PinError(entry.place, "is no list of identifiers of keys, of 64 hexadecimal digits each") }
    return RootPin(.keys(Set(ids)), place: entry.place)
  }

  private func authority(_ repository: Repository) throws(PinError) -> RootPin? {
    let entries = try entries("ca")
    let patterns = entries.map { $0.name + "*" }
    guard let pattern = RepositoryPattern.best(patterns, for: repository),
      let entry = entries.last(where: { $0.name + "*" == pattern })
    else { return nil }
    guard let file = entry.value.string?.text else { throw PinError(entry.place, "is no path") }
    return try AuthorityFile.pin(file, on: sysroot, named: entry.place)
  }

  private struct Entry {
    let name: String
    let value: JSON
    let place: String
  }

  /// The members of an object, each under its name as it is written and as notary reads it.
  private func entries(_ key: String) throws(PinError) -> [Entry] {
    guard let value = pinning?[JSONString(key)], value != .null else { return [] }
    guard let members = value.members else { throw PinError(place(key), "is no object") }
    return members.flatMap { member in
      let name = member.name.text
      return Set([name, name.lowercased()]).map {
        Entry(name: $0, value: member.value, place: place("\(key) of \(name)"))
      }
    }
  }

  private func place(_ key: String) -> String { "\(file): trust_pinning.\(key)" }
}

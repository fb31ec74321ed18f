internal import SignedMetadata
public import Stores
internal import StrictJSON
public import TrustModel

/// What notary's own configuration says of trust: `trust_pinning` in `~/.notary/config.json`.
///
/// `certs` has names of repositories, or beginnings of them with `*`, and identifiers of keys; `ca` has beginnings of names, without
/// `*`, and PEM files; `disable_tofu` forbids trust on first use. Of these the first that says anything counts. Notary writes
/// the names small before it compares them; here they count as they are written, too. Source: reference/docker-content-trust.md, section 3.
public struct NotaryPins {
  /// Octets of the file.
  public static let limit = 1 << 20

  private let path: String
  private let sysroot: Sysroot
  private let pinning: JSON?

  /// The configuration of the user whose `HOME` the environment says; nothing is pinned where there is none.
  ///
  /// - Throws: `PinError` where there is a file that cannot be read: its pins must not be passed over.
  public init(sysroot: Sysroot, environment: (String) -> String?) throws(PinError) {
    self.sysroot = sysroot
    guard let home = environment("HOME"), home.hasPrefix("/") else {
      (path, pinning) = ("", nil)
      return
    }
    path = home + "/.notary/config.json"
    let octets: [UInt8]?
    do {
      octets = try NamedFile.contents(of: path, under: sysroot, limit: Self.limit)
    } catch {
      throw PinError(sysroot.located(path), error.problem)
    }
    if let octets {
      pinning = try Self.pinning(octets, sysroot.located(path))
    } else {
      pinning = nil
    }
  }

  private static func pinning(_ octets: [UInt8], _ place: String) throws(PinError) -> JSON? {
    let document: JSON
    do {
      document = try JSON.parse(octets, limits: JSONLimits(octets: limit, numbers: .anyNumber))
    } catch {
      throw PinError(place, "cannot be read: \(error)")
    }
    guard document.members != nil else { throw PinError(place, "is no JSON object") }
    guard let pinning = document["trust_pinning"], pinning != .null else { return nil }
    guard pinning.members != nil else { throw PinError(place, "trust_pinning is no object") }
    return pinning
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

  private func place(_ key: String) -> String { "\(sysroot.located(path)): trust_pinning.\(key)" }
}

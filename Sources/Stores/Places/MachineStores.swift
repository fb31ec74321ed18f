internal import TrustModel

/// Where the stores of a machine lie, for one user, and what is in them.
///
/// Content trust is in `$DOCKER_CONFIG/trust` or else `~/.docker/trust`, under the sysroot like every other place.
/// Notary's own folder is `~/.notary`. Source: CONTRACT, "Places"; reference/docker-content-trust.md, section 1.
public struct MachineStores: Sendable {
  /// The machine.
  public let sysroot: Sysroot
  private let contentTrust: String?
  private let notaryTrust: String?

  /// What the directory of content trust is called.
  static let contentTrustName = "trust"
  /// What notary's is called.
  static let notaryName = ".notary"

  /// The stores of the machine under `sysroot`, for the user whose `DOCKER_CONFIG` and `HOME` the environment says.
  public init(sysroot: Sysroot, environment: (String) -> String?) {
    self.sysroot = sysroot
    let home = environment("HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/root"
    var parent = environment("DOCKER_CONFIG").flatMap { $0.isEmpty ? nil : $0 } ?? home + "/.docker"
    while parent.utf8.last == UInt8(ascii: "/") { parent.removeLast() }
    let directory = parent + "/" + Self.contentTrustName
    contentTrust = StorePlace.isDirectory(directory, of: .contentTrust) ? directory : nil
    let notary = home + "/" + Self.notaryName
    notaryTrust = StorePlace.isDirectory(notary, of: .notaryTrust) ? notary : nil
  }

  /// The directory of a store, absolute, without the sysroot; nil where `DOCKER_CONFIG` is no plain absolute path.
  public func directory(of store: Store) -> String? {
    store.fixedDirectory ?? (store == .notaryTrust ? notaryTrust : contentTrust)
  }

  /// Whether a machine has a store: each but notary's folder always, which few have, and some as a link to docker's.
  public func has(_ store: Store) -> Bool {
    guard store == .notaryTrust else { return true }
    guard let notaryTrust else { return false }
    do throws(StoreError) {
      let notary = try StorePlace.open(.notaryTrust, notaryTrust, under: sysroot).status().identity
      guard let contentTrust else { return true }
      return (try? StorePlace.open(.contentTrust, contentTrust, under: sysroot).status().identity) != notary
    } catch .missing {
      return false
    } catch {
      // Whoever lists it is told why it cannot be looked into.
      return true
    }
  }

  /// The place at a path of a store.
  public func place(_ store: Store, _ path: StorePath) -> StorePlace? {
    directory(of: store).flatMap { StorePlace(store, in: $0, path) }
  }

  /// What a store holds, by name and kind, in the order of the paths' octets.
  ///
  /// - Throws: `StoreError` where something cannot be looked into: a list with holes would be taken for the whole.
  public func list(_ store: Store) throws(StoreError) -> StoreListing {
    guard let directory = directory(of: store), has(store) else { return StoreListing() }
    var listing = StoreListing()
    switch store {
    case .trustedKeys: try listKeys(into: &listing)
    case .contentTrust, .notaryTrust: try StoreWalk(store: store, directory: directory).run(sysroot, into: &listing)
    case .configuration:
      try StoreWalk(store: store, directory: directory, isDeep: false).run(sysroot, into: &listing)
    }
    listing.files.sort { $0.place.path < $1.place.path }
    return listing
  }

  private func listKeys(into listing: inout StoreListing) throws(StoreError) {
    let layers = KeyLayers(sysroot: sysroot).list()
    for obstacle in layers.obstacles where obstacle.layer == .administrator {
      guard case .symbolicLink = obstacle.error else { throw obstacle.error }
      listing.omit(obstacle.error.path, obstacle.error.problem)
    }
    for file in layers.files where file.layer == .administrator {
      if case .stray(let problem) = file.nature {
        listing.omit(file.path, problem)
      } else if let place = file.location.flatMap({ StorePlace($0) }) {
        listing.files.append(.init(place: place, status: file.status))
      }
    }
    let own = Layer.administrator.directory + "/"
    for path in layers.misplaced.map(\.path) where path.hasPrefix(own) { listing.omit(path, "no key can lie there") }
  }
}

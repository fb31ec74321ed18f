public import Fetch
public import Stores

/// The certificates that docker keeps for one server: authorities `*.crt`, a client's `*.cert` with its `*.key`.
///
/// In `tls/HOST:PORT` of docker's folder, or else in `/etc/docker/certs.d/HOST:PORT`. The authorities count instead of the
/// system's, where docker adds them. Source: reference/docker-content-trust.md, section 4.
public struct DockerCertificates: Sendable {
  private let own: ForeignFolder?
  private let machine: ForeignFolder

  /// Where the certificates of all users of a machine lie.
  static let machinePlace = "/etc/docker/certs.d"

  /// The certificates of docker's folder, if there is one, and of the machine.
  public init(_ docker: ForeignFolder?, sysroot: Sysroot) {
    own = docker?.folder("tls")
    machine = ForeignFolder(sysroot: sysroot, path: Self.machinePlace)
  }

  /// How a server is reached; nil where docker has nothing for it.
  ///
  /// - Throws: `CertificateError`: what is there and cannot be used is never gone on without.
  public func settings(for server: NotaryServer) throws(CertificateError) -> HostSettings? {
    try settings(for: server.address)
  }

  /// How a server or registry at an address is reached; nil where docker has nothing for it.
  ///
  /// - Throws: `CertificateError`: what is there and cannot be used is never gone on without.
  public func settings(for address: Address) throws(CertificateError) -> HostSettings? {
    for name in names(of: address) {
      if let own, let found = try settings(for: address, in: own.folder(name), mayBeClosed: false) { return found }
    }
    for name in names(of: address) {
      if let found = try settings(for: address, in: machine.folder(name), mayBeClosed: true) { return found }
    }
    return nil
  }

  /// Docker names a folder as the address is written, with or without the port of https.
  private func names(of address: Address) -> [String] {
    let authority = address.authority
    return address.port == nil ? [authority, authority + ":443"] : [authority]
  }

  private func settings(
    for address: Address, in folder: ForeignFolder, mayBeClosed: Bool
  ) throws(CertificateError) -> HostSettings? {
    let names: [String]
    do throws(StoreError) {
      names = try folder.names()
    } catch .permission where mayBeClosed {
      // The daemon's alone: docker's own client does not look there either.
      return nil
    } catch {
      throw .store(error)
    }
    func file(_ name: String) -> SettingFile { SettingFile(path: folder.located(name), origin: folder.place) }
    let authorities = names.filter { $0.hasSuffix(".crt") }
    let certificate = try certificate(among: names, in: folder)
    guard !authorities.isEmpty || certificate != nil, var host = try? HostSettings(authority: address.authority)
    else { return nil }
    host.authorities = authorities.map(file)
    if let certificate {
      host.clientCertificate = file(certificate + ".cert")
      host.clientKey = file(certificate + ".key")
    }
    return host
  }

  /// The name of the client's certificate, without its ending.
  private func certificate(among names: [String], in folder: ForeignFolder) throws(CertificateError) -> String? {
    func stems(_ ending: String) -> [String] {
      names.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
    }
    let (certificates, keys) = (stems(".cert"), stems(".key"))
    if let alone = certificates.first(where: { !keys.contains($0) }) {
      throw .incomplete(folder.place, "\(alone).cert has no \(alone).key beside it; an authority's file ends in .crt")
    }
    if let alone = keys.first(where: { !certificates.contains($0) }) {
      throw .incomplete(folder.place, "\(alone).key has no \(alone).cert beside it")
    }
    guard certificates.count <= 1 else { throw .several(folder.place) }
    return certificates.first
  }
}

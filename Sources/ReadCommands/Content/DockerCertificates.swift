internal import ContentTrust
internal import Fetch
internal import Glibc
internal import TrustModel

/// The certificates that docker keeps for one server: authorities `*.crt`, a client's `*.cert` with its `*.key`.
///
/// Source: reference/docker-content-trust.md, section 4.
struct DockerCertificates {
  let folder: String

  /// How the server is reached; nil where docker has nothing for it.
  ///
  /// - Throws: `CommandFailure` where there are several authorities, of which libcurl takes only one file.
  func settings(for server: NotaryServer) throws -> HostSettings? {
    let names = names
    let authorities = names.filter { $0.hasSuffix(".crt") }
    let certificates = names.filter { $0.hasSuffix(".cert") }
    guard !authorities.isEmpty || !certificates.isEmpty else { return nil }
    guard authorities.count <= 1 else {
      throw CommandFailure(
        .failed,
        "\(VisibleText(folder)) has several files *.crt: put them into one, or name one by ca-bundle in /etc/keyreeve/*.conf"
      )
    }
    var host = try HostSettings(authority: server.address.authority)
    host.caBundle = authorities.first.map { SettingFile(path: folder + "/" + $0, origin: folder) }
    if let certificate = certificates.first {
      host.clientCertificate = SettingFile(path: folder + "/" + certificate, origin: folder)
      let key = String(certificate.dropLast(5)) + ".key"
      if names.contains(key) { host.clientKey = SettingFile(path: folder + "/" + key, origin: folder) }
    }
    return host
  }

  private var names: [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream), names.count < 1_000 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names.sorted()
  }
}

internal import ContentTrust
internal import Credentials
internal import Fetch
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// Which server answers for a repository, how it is reached, and what is shown to it: by Keyreeve's configuration, and by
/// what docker and notary keep for themselves.
struct ContentServers {
  private let configuration: Configuration
  private let general: FetchSettings
  private let docker: ForeignFolder?
  private let notary: NotaryClientConfiguration?
  private let machine: Sysroot
  /// Connections to take before new ones are made.
  var connections: ServerConnections?

  /// - Throws: `CommandFailure` where configuration cannot be taken.
  init(_ common: CommonOptions, notary: NotaryConfiguration) throws {
    configuration = try common.readableConfiguration()
    general = try common.fetchSettings(configuration)
    machine = common.machine
    docker = ForeignFolder.docker(sysroot: machine) { Environment[$0] }
    do throws(CertificateError) {
      self.notary = try notary.client()
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
  }

  /// The server or folder of a repository: the one that is named, or else by configuration, by notary's where its own folder is
  /// worked with, by docker's variable, or by the registry.
  func source(of repository: Repository, named: String?, in folder: TrustFolder) throws -> MetadataSource {
    var rule = try ServerRule(configuration)
    (rule.named, rule.sysroot) = (named, machine)
    if let notary, notary.trustFolder == folder.path { rule.notary = notary.server }
    rule.docker = Environment["DOCKER_CONTENT_TRUST_SERVER"]
    return try rule.source(of: repository)
  }

  /// What answers requests about a repository.
  func answers(from source: MetadataSource, of repository: Repository) throws -> (MetadataRequest)
    -> MetadataUpdate.Answer
  {
    switch source {
    case .folder(let folder): return { folder.answer($0, of: repository) }
    case .server(let server):
      let fetcher = try connections?.fetcher(for: server) { try settings(for: server) }
      let client = MetadataClient(
        server, for: repository, with: try fetcher ?? Fetcher(settings(for: server)), credentials: credentials)
      return { client.answer($0) }
    }
  }

  /// How a server is reached: a section for its host counts alone; without one, docker's certificates, or else notary's.
  func settings(for server: NotaryServer) throws -> FetchSettings {
    var settings = general
    guard !settings.hosts.contains(where: { $0.names(server) }) else { return settings }
    do throws(CertificateError) {
      let docker = try DockerCertificates(docker, sysroot: machine).settings(for: server)
      if let host = docker ?? notary?.settings(for: server) { settings.hosts.append(host) }
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
    return settings
  }

  /// What is shown where a server asks for it: `NOTARY_AUTH`, or else what docker has kept.
  var credentials: any CredentialSource {
    CredentialSources([NotaryVariable()] + (docker.map { [DockerCredentials($0)] } ?? []))
  }
}

extension HostSettings {
  /// Whether the section is for that server.
  fileprivate func names(_ server: NotaryServer) -> Bool {
    host == server.address.host && port == server.address.effectivePort
  }
}

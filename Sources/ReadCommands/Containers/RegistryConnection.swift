internal import ContentTrust
internal import Credentials
internal import Fetch
public import Registry
internal import Stores
public import TrustModel

extension CommonOptions {
  /// How the registry of a repository is reached: by Keyreeve's configuration, and by what docker keeps for it.
  ///
  /// - Throws: `CommandFailure`.
  public func registryAccess(_ repository: Repository) throws -> RegistryAccess {
    let configuration = try readableConfiguration()
    var settings = try fetchSettings(configuration)
    let isInsecure = configuration.value(.insecureHTTP, in: .registry(repository.registry.lowercased()))?.text == "yes"
    let docker = ForeignFolder.docker(sysroot: machine) { Environment[$0] }
    do {
      let server = try RegistryServer(repository.registry, isInsecure: isInsecure)
      let hasSection = settings.hosts.contains {
        $0.host == server.address.host && $0.port == server.address.effectivePort
      }
      if !hasSection, !isInsecure,
        let host = try DockerCertificates(docker, sysroot: machine).settings(for: server.address)
      {
        settings.hosts.append(host)
      }
      return RegistryAccess(server, settings, credentials: docker.map { DockerCredentials($0) })
    } catch let error as AddressError {
      throw CommandFailure(.usage, "\(error)")
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
  }

  /// The container images of this user's store on the machine.
  public var containers: ContainerStore { ContainerStore(state) }
}

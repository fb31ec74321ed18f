internal import Engines
internal import Fetch
internal import ReadCommands
internal import Registry
internal import TrustModel

/// Reads manifests back from the registry that an engine has pushed to: what is signed is what is there.
struct PushedManifests {
  private let access: RegistryAccess
  private let repository: Repository

  /// - Throws: `CommandFailure`.
  init(_ options: EngineOptions, _ repository: Repository) throws {
    (access, self.repository) = (try options.common.registryAccess(repository), repository)
  }

  /// The octets of a manifest: its digest, and its size where the engine says one, must be what the engine says.
  ///
  /// - Throws: `CommandFailure`.
  func length(of image: PushedImage) throws -> Int64 {
    do {
      return try length(of: image, access)
    } catch let error where error.reason == .failed && isLocal && access.server.address.scheme == .https {
      // As engines do, which talk to registries of the same machine in whatever way these answer; the digest is checked all the same.
      guard let server = try? RegistryServer(repository.registry, isInsecure: true) else { throw failure(error) }
      do {
        return try length(of: image, RegistryAccess(server, access.settings))
      } catch let other {
        throw failure(other)
      }
    } catch let error {
      throw failure(error)
    }
  }

  private func length(of image: PushedImage, _ access: RegistryAccess) throws(RegistryError) -> Int64 {
    let document = try access.client(repository).document(image.digest, size: image.size.map { UInt64($0) })
    return Int64(document.octets.count)
  }

  private var isLocal: Bool {
    ["localhost", "127.0.0.1", "[::1]"].contains { name in
      repository.registry == name || repository.registry.hasPrefix(name + ":")
    }
  }

  private func failure(_ error: RegistryError) -> CommandFailure { CommandFailure(error.reason, error.description) }
}

internal import ContentTrust
internal import Fetch
internal import Stores
internal import TrustModel

extension ServerRule {
  /// The servers that configuration names for registries: `server` under `[registry NAME]`.
  ///
  /// - Throws: `CommandFailure` for what is no registry or no address of a server or folder, with its file and line.
  init(_ configuration: Configuration) throws {
    self.init()
    sysroot = configuration.sysroot
    for name in configuration.registries {
      guard let entry = configuration.value(.server, in: .registry(name)), let text = entry.text else { continue }
      let place = "\(VisibleText(configuration.sysroot.located(entry.file))):\(entry.line)"
      // As a repository's name begins, or no repository would ever be found to belong to it.
      guard let repository = try? Repository(name + "/x/x"), repository.registry == name else {
        throw CommandFailure(
          .failed, "\(place): \(VisibleText(name)) is no registry: write docker.io, example.com, or example.com:5000")
      }
      do throws(AddressError) {
        byRegistry[name] = try MetadataSource(text, on: configuration.sysroot)
      } catch {
        throw CommandFailure(.failed, "\(place): \(error)")
      }
    }
  }
}

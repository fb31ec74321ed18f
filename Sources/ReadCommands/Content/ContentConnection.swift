public import ContentTrust
public import Credentials
public import Fetch
public import SignedMetadata
public import Stores
public import TrustModel

/// Where a repository is published, how it is reached, and what is shown to it: by Keyreeve's configuration, docker's and notary's.
public struct ContentConnection {
  /// The server or folder.
  public let source: MetadataSource
  /// How a server is reached; the general settings for a folder.
  public let settings: FetchSettings
  /// What is shown where a server asks for it.
  public let credentials: any CredentialSource
  /// What answers requests for documents.
  public let answer: (MetadataRequest) -> MetadataUpdate.Answer

  /// The connection for a repository of one folder; `server` is the one that was named, nil for the one that configuration says.
  ///
  /// - Throws: `CommandFailure`.
  public init(
    _ common: CommonOptions, of repository: Repository, server named: String?, in folder: TrustFolder
  ) throws {
    do {
      let notary = try NotaryConfiguration(sysroot: common.machine) { Environment[$0] }
      let servers = try ContentServers(common, notary: notary)
      source = try servers.source(of: repository, named: named, in: folder)
      if case .server(let server) = source {
        settings = try servers.settings(for: server)
      } else {
        settings = FetchSettings()
      }
      credentials = servers.credentials
      answer = try servers.answers(from: source, of: repository)
    } catch let failure as CommandFailure {
      throw failure
    } catch let error as AddressError {
      throw CommandFailure(.usage, "\(error)")
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
  }
}

public import Fetch
public import Stores
internal import TrustModel

extension CommonOptions {
  /// The configuration of the machine, for this user.
  ///
  /// - Throws: `CommandFailure` where it cannot be taken.
  public func configuration() throws -> Configuration {
    do {
      return try Configuration(sysroot: machine) { Environment[$0] }
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
  }

  /// How servers are reached; says on standard error which files this user may not read.
  ///
  /// - Throws: `CommandFailure` where configuration or environment cannot be taken.
  public func fetchSettings() throws -> FetchSettings {
    try fetchSettings(try readableConfiguration())
  }

  /// The configuration; says on standard error which files this user may not read.
  func readableConfiguration() throws -> Configuration {
    let configuration = try configuration()
    for file in configuration.unreadable {
      Output.complain("warning: \(VisibleText(machine.located(file))) cannot be read by this user and does not count")
    }
    return configuration
  }

  /// The same for a configuration that was read already.
  func fetchSettings(_ configuration: Configuration) throws -> FetchSettings {
    do {
      return try FetchSettings(configuration) { Environment[$0] }
    } catch {
      throw CommandFailure(.failed, "\(error)")
    }
  }
}

internal import ContentTrust
internal import Stores
internal import TrustModel

/// Reads repositories from a freeze: offline, as of its moment.
struct FrozenReader {
  private let freeze: Freeze

  /// Opens the freeze in a folder that was named; its lock file must have `digest` where that is given.
  ///
  /// - Throws: `CommandFailure`.
  init(_ folder: String, digest: String?) throws {
    do throws(FreezeError) {
      freeze = try Freeze(RepositoryFolder(sysroot: .machine, path: try Self.absolute(folder)))
      if let digest, digest.lowercased() != "sha256:" + freeze.digest {
        throw .digest(noted: digest, found: freeze.digest)
      }
    } catch {
      throw CommandFailure(error.reason, "\(error)")
    }
  }

  private static func absolute(_ folder: String) throws(FreezeError) -> String {
    guard !folder.hasPrefix("/") else { return folder }
    guard let here = Environment["PWD"], here.hasPrefix("/") else {
      throw .unreadable("--frozen \(VisibleText(folder)) must be an absolute path")
    }
    return here + "/" + folder
  }

  /// Reads a repository; what this machine pins for it must hold as well.
  func read(_ repository: Repository, _ common: CommonOptions) throws -> RepositoryReading {
    do {
      var pins = TrustPins()
      try pins.add(try common.configuration(), for: repository)
      try NotaryConfiguration(sysroot: common.machine) { Environment[$0] }.pins.add(to: &pins, for: repository)
      return try freeze.read(repository, pins: pins)
    } catch let error as FreezeError {
      throw CommandFailure(error.reason, "\(error)")
    } catch let error as PinError {
      throw CommandFailure(.failed, "\(error)")
    }
  }
}

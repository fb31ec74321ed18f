internal import ContentTrust
public import Stores
internal import TrustModel

extension CommonOptions {
  /// The folders of signing keys: the one that is named, or docker's own and `~/.notary` where it is there.
  ///
  /// The first is the one that new keys go to.
  ///
  /// - Throws: `CommandFailure` where the named one is none, or docker's cannot be told.
  public func trustFolders(named folder: String?) throws -> [TrustFolder] {
    if let folder {
      let named = try TrustFolderPath.folder(folder, on: machine)
      guard Environment.isDirectory(machine.located(named.path)) else {
        throw CommandFailure(.notFound, "--trust-dir \(VisibleText(folder)) is no folder")
      }
      return [named]
    }
    guard let docker = stores.directory(of: .contentTrust) else {
      throw CommandFailure(.usage, "DOCKER_CONFIG is no absolute path: name the folder by --trust-dir")
    }
    let home = Environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/root"
    let notary = home + "/.notary"
    let isThere = Environment.isDirectory(machine.located(notary))
    return ([docker] + (isThere ? [notary] : [])).map { TrustFolder(sysroot: machine, path: $0) }
  }
}

extension CommonOptions {
  /// The signing keys of folders, with what was superseded told from what nobody has used.
  ///
  /// - Throws: `CommandFailure`.
  func surveys(of folders: [TrustFolder]) throws -> [SigningKeySurvey] {
    let superseded = SupersededKeys(in: folders, state)
    return try folders.map { folder in
      do throws(StoreError) {
        var survey = try SigningKeySurvey(folder)
        survey.tell(superseded)
        return survey
      } catch {
        throw CommandFailure(.failed, folder.sentence(error))
      }
    }
  }
}

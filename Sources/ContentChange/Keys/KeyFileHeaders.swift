internal import ContentTrust
internal import TrustModel

/// What a key's own file says of role and repository: by its headers, or else by the path that an export puts there.
struct KeyFileHeaders {
  private let role: String?
  private let repository: String?

  init(_ contents: SigningKeyFile) {
    // An export of an older layout names the folders that the key came from.
    let path = contents.path.map { SigningKeyName(["private"] + $0.split(separator: "/").map { "\($0).key" }) }
    let folders = contents.path.map { SigningKeyName(["private"] + $0.split(separator: "/").map(String.init)) }
    role = contents.role ?? path?.role ?? folders?.role
    repository = contents.repository ?? folders?.repository
  }

  /// The headers that the key gets, what was asked for before what its file says.
  ///
  /// - Throws: `KeyImportError.noRole`, `noRepository` or `header`.
  func headers(
    _ name: KeyFileName, role wanted: String?, repository named: String?
  ) throws(KeyImportError) -> SigningKeyHeaders {
    guard let role = wanted ?? role else { throw .noRole(file: name.file, name.number) }
    guard SigningKeyHeaders.isRole(role) else {
      throw .header(file: name.file, name.number, "its role is no name of a role: \(VisibleText(role, limit: 80))")
    }
    guard SigningKeyHeaders.hasRepository(role) else { return SigningKeyHeaders(role: role, repository: nil) }
    guard let repository = named ?? repository else { throw .noRepository(file: name.file, name.number, role) }
    guard let checked = try? Repository(repository), checked.name.utf8.elementsEqual(repository.utf8) else {
      throw .header(
        file: name.file, name.number, "its repository is no whole name of one: \(VisibleText(repository, limit: 80))")
    }
    return SigningKeyHeaders(role: role, repository: repository)
  }
}

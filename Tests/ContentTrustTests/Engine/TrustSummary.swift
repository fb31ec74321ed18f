import StrictJSON

/// Which tags of a repository are signed, by whom, and with which keys: in docker's words, whoever says it.
struct TrustSummary: Equatable {
  /// A signed tag.
  struct Tag: Equatable {
    let digest: String
    /// Who signed it; whoever has the repository's own key where nobody else did.
    let signers: [String]
  }

  var tags: [String: Tag] = [:]
  /// The keys of each signer, in ascending order.
  var signers: [String: [String]] = [:]
  var rootKeys: [String] = []
  var repositoryKeys: [String] = []

  /// The answer of `docker trust inspect`.
  init(docker answer: JSON) {
    let repository = answer.array?.first
    for row in Self.rows(repository?["SignedTags"]) {
      let signers = Self.rows(row["Signers"]).compactMap { $0.string?.text }.sorted()
      tags[Self.text(row["SignedTag"])] = Tag(digest: "sha256:" + Self.text(row["Digest"]), signers: signers)
    }
    func keys(_ row: JSON) -> [String] { Self.rows(row["Keys"]).map { Self.text($0["ID"]) }.sorted() }
    for row in Self.rows(repository?["Signers"]) { signers[Self.text(row["Name"])] = keys(row) }
    for row in Self.rows(repository?["AdministrativeKeys"]) {
      if Self.text(row["Name"]) == "Root" { rootKeys = keys(row) } else { repositoryKeys = keys(row) }
    }
  }

  /// The answers of `keyreeve content list` and `keyreeve content inspect`.
  init(list: JSON, inspection: JSON) {
    let rows = Self.rows(list["tags"])
    for row in rows where row["counts"] == .bool(true) {
      let signers = rows.filter { $0["tag"] == row["tag"] && $0["digest"] == row["digest"] }
        .compactMap { Self.signer(Self.text($0["role"])) }
      tags[Self.text(row["tag"])] = Tag(
        digest: Self.text(row["digest"]), signers: signers.isEmpty ? ["Repo Admin"] : signers.sorted())
    }
    for row in Self.rows(inspection["roles"]) {
      let role = Self.text(row["role"])
      let keys = Self.rows(row["keys"]).map { Self.text($0["id"]) }.sorted()
      if role == "root" { rootKeys = keys }
      if role == "targets" { repositoryKeys = keys }
      if let name = Self.signer(role) { signers[name] = keys }
    }
  }

  /// The signer whose delegation a role is.
  private static func signer(_ role: String) -> String? {
    role.hasPrefix("targets/") && role != "targets/releases" ? String(role.dropFirst("targets/".count)) : nil
  }

  private static func rows(_ list: JSON?) -> [JSON] { list?.array ?? [] }
  private static func text(_ value: JSON?) -> String { value?.string?.text ?? "" }
}

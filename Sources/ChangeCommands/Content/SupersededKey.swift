internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel

/// A key here that another one has taken the place of in one repository, and what becomes of its file.
///
/// One root key often serves many repositories: it is superseded in one of them alone.
struct SupersededKey {
  /// The key, by the identifier of its file.
  let id: KeyID
  /// Other repositories that name it, by what docker and notary keep of them here.
  let others: [KeyUse]
  /// Why not everything that is kept here could be looked at; nil where it could.
  private let doubt: String?
  private let given: GivenOptions

  /// The most repositories that are named in text.
  static let shownLimit = 20

  /// Keys that a change has superseded.
  static func all(_ ids: [KeyID], _ session: PublishingSession) throws -> [SupersededKey] {
    var uses: [KeyUse] = []
    var doubt: String?
    for folder in session.folders where !ids.isEmpty {
      do throws(StoreError) {
        let survey = try SigningKeySurvey(folder)
        uses += survey.keys.flatMap(\.uses) + survey.missing.map(\.use)
        doubt = doubt ?? survey.findings.first { $0.id == "cache" }?.message
      } catch {
        doubt = doubt ?? folder.sentence(error)
      }
    }
    let given = GivenOptions(session.options, folder: session.publishing.folder)
    return ids.map { id in
      let others = uses.filter { $0.fileID == id && $0.repository != session.repository }
      return SupersededKey(id: id, others: Self.single(others), doubt: doubt, given: given)
    }
  }

  /// Each repository and role once: docker's folder and notary's may keep the same.
  private static func single(_ uses: [KeyUse]) -> [KeyUse] {
    var seen: Set<String> = []
    return uses.filter { seen.insert("\($0.repository) \($0.role)").inserted }
  }

  /// One sentence: what it is still for, or how its file goes.
  var words: String {
    if let first = others.first {
      let names = others.prefix(Self.shownLimit).map { "\(VisibleText("\($0.role)", limit: 255)) of \($0.repository)" }
      let more = others.count - names.count
      let rest = more > 0 ? " and \(more) more" : ""
      let next = given.completing(["keyreeve", "content", "key", "rotate", first.repository.name, "\(first.role)"])
      return
        "key \(id) is superseded here, and still signs \(names.joined(separator: ", "))\(rest): its file must stay; to replace "
        + "it there, too: \(ShellText.line(next))"
    }
    if let doubt {
      return
        "key \(id) is superseded: its file stays, and whether other repositories need it could not be told: \(doubt)"
    }
    let next = given.completing([
      "keyreeve", "content", "key", "remove", "\(id)", "--copy", "superseded-\(id).key",
    ])
    return "key \(id) is superseded, and no other repository that is kept here names it: its file stays until "
      + ShellText.line(next)
  }

  /// A row of `keyreeve.key-change/1`.
  var document: JSON {
    [
      "key": JSON(id.description),
      "uses": .array(
        others.map { ["repository": JSON($0.repository.name), "role": JSON($0.role.description)] }),
    ]
  }
}

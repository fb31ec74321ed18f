internal import ContentChange
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import Stores
internal import TrustModel

/// A role, by the metadata that is kept here, of which a key is the last one here.
struct KeyNeed {
  private let use: KeyUse

  /// The roles that need a key.
  static func all(_ place: SigningKeyPlace) throws -> [KeyNeed] {
    let survey: SigningKeySurvey
    do throws(StoreError) {
      survey = try SigningKeySurvey(place.folder)
    } catch {
      throw KeyringError.store(error)
    }
    // What cannot be read may name the key.
    if let finding = survey.findings.first(where: { $0.id == "cache" }) {
      Output.complain("warning: \(finding.message)")
    }
    let uses = survey.keys.filter { $0.id == place.id }.flatMap(\.uses)
    let others = survey.keys.filter { $0.id != place.id && $0.problem == nil }.flatMap(\.uses)
    return uses.filter { use in !others.contains { $0.repository == use.repository && $0.role == use.role } }
      .map(KeyNeed.init)
  }

  /// In words.
  var words: String {
    "it is the last key here that signs \(VisibleText("\(use.role)", limit: 255)) of \(use.repository)"
  }
}

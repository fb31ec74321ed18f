internal import SignedMetadata
internal import TrustModel

/// Rules for rotations that did not end: by Keyreeve's own record, and by what notary leaves behind.
struct RotationRules {
  let reading: RepositoryReading
  let ground: RepositoryDiagnosis.Ground

  private var repository: Repository { reading.repository }
  private var root: RootDocument { reading.trusted.root }

  var findings: [ContentFinding] { interrupted + stranded + superseded }

  private var interrupted: [ContentFinding] {
    ground.record.underWay.map { attempt in
      let state =
        attempt.isThere(in: root)
        ? "the server has the new state: it is to be finished"
        : "the server has the old state: it is to be taken back, or begun again"
      return ContentFinding(
        "rotation-interrupted", .error, repository, role: attempt.replacements.first?.role,
        key: attempt.replacements.first?.new, "\(attempt.words(repository)) was interrupted; \(state)",
        fix: ContentFinding.repair(repository))
    }
  }

  private static func stranded(_ reading: RepositoryReading, _ ground: RepositoryDiagnosis.Ground) -> [RoleName:
    [KeyID]]
  {
    ground.surveys.reduce(into: [:]) { ids, survey in
      let found = StrandedKeys(survey, of: reading.repository, beside: reading.trusted.root, ground.record).ids
      ids.merge(found) { $0 + $1 }
    }
  }

  /// Whether a targets key is gone, and one that no root knows is here in its place.
  static func hasStranded(_ reading: RepositoryReading, _ ground: RepositoryDiagnosis.Ground) -> Bool {
    stranded(reading, ground)[.targets] != nil && !ground.reaches(reading.trusted.root.keys(of: .targets))
  }

  private var canMend: Bool { ground.reaches(root.keys(of: .root)) }

  private var stranded: [ContentFinding] {
    Self.stranded(reading, ground).sorted { $0.key < $1.key }.flatMap { role, ids in
      ids.map { id in
        let file = ground.files(of: id).first?.file
        guard !ground.reaches(root.keys(of: role)), role == .targets || isHeldByNobody(role) else {
          return ContentFinding(
            "stranded-key", .note, repository, role: role, key: id, file: file,
            "key \(id) was made for \(role) of \(repository), and its root does not know it: an older key, or one that was never used; "
              + "keyreeve content key remove \(id) --copy FILE takes it away")
        }
        return ContentFinding(
          "rotation-failed", .error, repository, role: role, key: id, file: file,
          "the key of \(role) of \(repository) is not here, and key \(id), which is, its server does not know: a rotation has "
            + "failed half-way, and nothing can be signed"
            + (canMend
              ? "" : "; the root's keys mend it, which are not here: keyreeve content key import FILE brings one"),
          fix: canMend ? ContentFinding.repair(repository) : nil)
      }
    }
  }

  /// A snapshot that its server would have to sign, and that has expired, is signed by nobody.
  private func isHeldByNobody(_ role: RoleName) -> Bool { reading.aged.contains { $0.role == role } }

  private var superseded: [ContentFinding] {
    ground.record.superseded.compactMap { old in
      guard let file = ground.files(of: old.key).first, file.uses.isEmpty || !isListed(old.key), old.role != .root
      else { return nil }
      return ContentFinding(
        "superseded-key", .note, repository, role: old.role, key: old.key, file: file.file,
        "key \(old.key) of \(old.role) of \(repository) was superseded by key \(old.by) on \(old.when.date), and its file is still here",
        fix: ["keyreeve", "content", "key", "remove", "\(old.key)", "--copy", "superseded-\(old.key).key"])
    }
  }

  private func isListed(_ id: KeyID) -> Bool {
    root.roles.values.contains { $0.keys.contains { $0.canonicalID == id } }
  }
}

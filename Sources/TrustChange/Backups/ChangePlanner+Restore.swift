public import OpenPGP
public import Stores
internal import TrustModel
public import TrustVerify

extension ChangePlanner {
  /// Brings back what a backup holds: one change a store.
  ///
  /// Files that the backup does not hold are left. Signed metadata does not go back to a lower version. Private keys
  /// with other contents, keys that are switched off and newer copies of keys are overwritten only with `force`; whatever
  /// is replaced is kept in the log. A backup taken elsewhere is brought to where this machine has its stores.
  ///
  /// - Parameter source: the file's name, for people.
  /// - Throws: `ChangeError` where a store cannot be read, or a link or a directory stands in the place of a file.
  public func restore(
    _ archive: BackupArchive, from source: String, to machine: MachineStores, stores: [Store] = Store.allCases,
    force: Bool = false, judge: CertificateJudge = CertificateJudge()
  ) throws(ChangeError) -> RestorePlan {
    let manifest = archive.manifest
    // A store that few machines have is missed only where somebody names it.
    let isNamed = stores.count < Store.allCases.count
    let wanted = Store.allCases.filter { stores.contains($0) && (isNamed || manifest.directories[$0] != nil) }
    let present = wanted.filter { !manifest.files(of: $0).isEmpty }
    var parts: [RestorePlan.Part] = []
    for store in present {
      parts.append(try part(store, of: archive, named: source, to: machine, force: force, judge: judge))
    }
    // Nothing is begun where something is refused.
    if parts.contains(where: { $0.count(.refuse) > 0 }) {
      parts = parts.map { .init(store: $0.store, directory: $0.directory, rows: $0.rows, change: nil) }
    }
    return RestorePlan(
      source: "\(VisibleText(source)), made \(manifest.created) on \(VisibleText(manifest.host))", parts: parts,
      absent: wanted.filter { !present.contains($0) })
  }

  private func part(
    _ store: Store, of archive: BackupArchive, named source: String, to machine: MachineStores, force: Bool,
    judge: CertificateJudge
  ) throws(ChangeError) -> RestorePlan.Part {
    let comparison: BackupComparison
    do throws(BackupError) {
      comparison = try BackupComparison(archive, with: machine, stores: [store])
    } catch .store(let error) {
      throw ChangeError(error)
    } catch {
      throw .ambiguous("\(error)")
    }
    var draft = RestoreDraft(force: force)
    for row in comparison.rows { try draft.take(row) }
    draft.finish()
    let directory = machine.directory(of: store) ?? ""
    guard !draft.edits.isEmpty else {
      return RestorePlan.Part(store: store, directory: directory, rows: draft.rows, change: nil)
    }
    let (certificates, remarks) = review(draft.edits, judge)
    let added = draft.edits.count { $0.before == .absent }
    let summary =
      "restore \(store.rawValue) from \(VisibleText(source)): \(added) added, \(draft.edits.count - added) replaced"
    guard
      case .change(let change) = try plan(
        .restore, summary, draft.edits, draft.warnings + remarks, adding: certificates)
    else { throw .ambiguous("a plan that changes nothing") }
    return RestorePlan.Part(store: store, directory: directory, rows: draft.rows, change: change)
  }

  /// The keys that come back, and which of them will not count and why.
  private func review(_ edits: [FileEdit], _ judge: CertificateJudge) -> ([Fingerprint: Certificate], [String]) {
    var files: [String] = []
    var certificates: [Certificate] = []
    var remarks: [String] = []
    for edit in edits {
      guard let location = edit.location, case .present(let octets) = edit.after, !octets.isEmpty else { continue }
      do throws(CertificateError) {
        let certificate = try Certificate.read(octets)
        guard certificate.fingerprint == location.fingerprint else {
          remarks.append("\(edit.file) holds another key than its name says, and will vouch for nobody")
          continue
        }
        files.append(edit.file)
        certificates.append(certificate)
      } catch {
        remarks.append("\(edit.file) is no key, and will vouch for nobody: \(error)")
      }
    }
    for ((file, certificate), result) in zip(zip(files, certificates), judge.judgeEach(certificates, at: now)) {
      switch result {
      case .success(let judgement):
        if let refusal = KeyReview.refusal(certificate, judgement, at: now) {
          remarks.append("the key in \(file) will not count: \(refusal)")
        }
      case .failure(let error): remarks.append("the key in \(file) could not be judged: \(error)")
      }
    }
    return (Dictionary(certificates.map { ($0.fingerprint, $0) }) { first, _ in first }, remarks)
  }
}

internal import ContentTrust
internal import SignedMetadata
internal import Stores
internal import TrustModel
internal import TrustVerify

extension ContentReader {
  /// What mends a repository in a folder whose timestamp has expired: a new one, unless more has expired than what comes with it.
  func mending(_ repository: Repository, _ ground: ContentGround) -> String {
    guard let source = try? source(of: repository), let answer = try? answers(of: repository) else { return "repair" }
    let aged = AgedAnswers(answer, from: source)
    // Nothing is kept or trusted by this.
    let reader = RepositoryReader(
      repository, from: ground.kept, pins: ground.pins, at: moment ?? SystemClock.now, allowing: aged.allowance,
      agrees: { _ in true }
    ) { aged.answer($0) }
    guard let reading = try? reader.read() else { return "repair" }
    return reading.aged.allSatisfy { $0.role == .timestamp || $0.role == .snapshot } ? "refresh" : "repair"
  }

  /// Where another folder of the user keeps a root of the repository, which need not be trusted anew; a clause, or nothing.
  func otherFolder(of repository: Repository) -> String {
    let others = ((try? common.trustFolders(named: nil)) ?? []).filter { $0 != folder }
    guard let other = others.first(where: { $0.keepsRoot(of: repository) }) else { return "" }
    let option = ShellText.line(["--trust-dir", other.path])
    return "\(VisibleText(other.path)) keeps a root of it, by which it is read with \(option); else "
  }
}

extension TrustFolder {
  /// Whether a root of a repository is kept here.
  func keepsRoot(of repository: Repository) -> Bool { ((try? document(["root.json"], of: repository)) ?? nil) != nil }
}

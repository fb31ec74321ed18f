internal import TrustModel

extension PlanRequest {
  /// The plan that a finding's fix asks for; nil where the fix is no command that a plan can be made of.
  init?(fix: [String]) {
    guard fix.count >= 4, fix[0] == "keyreeve" else { return nil }
    let verb = fix[1]
    guard let scope = Self.scope(fix) else { return nil }
    if verb == "rotate" {
      guard fix.contains("--finish"), let from = fix.firstIndex(of: "--from"), fix.indices.contains(from + 1),
        let old = Fingerprint(typed: fix[from + 1])
      else { return nil }
      self = .retire(old, scope)
      return
    }
    guard let fingerprint = Fingerprint(typed: fix[2]) else { return nil }
    switch verb {
    case "disable": self = .disable(fingerprint, scope)
    case "enable": self = .enable(fingerprint, scope)
    case "remove": self = .remove(fingerprint, scope)
    default: return nil
    }
  }

  private static func scope(_ fix: [String]) -> Scope? {
    if fix.contains("--root") { return .root }
    guard let option = fix.firstIndex(of: "--prefix"), fix.indices.contains(option + 1) else { return nil }
    return (try? Prefix(fix[option + 1])).map { .prefix($0) }
  }
}

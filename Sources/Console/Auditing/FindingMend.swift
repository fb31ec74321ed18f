internal import Screen
internal import Stores
internal import TrustModel

/// What Enter does about a finding: the way from its fix, which is a command line, to a screen.
enum FindingMend: Sendable {
  /// A plan of Keyreeve's.
  case plan(PlanRequest)
  /// What the host of a prefix says of its keys today, to be reviewed.
  case refresh(Prefix)
  /// A new key in the place of one that ends soon, where no host can be asked.
  case rotate(Fingerprint)
  /// A command of the shell.
  case shell([String])
  /// None.
  case none

  init(_ finding: Finding) {
    guard let fix = finding.fix else {
      self = if finding.id == "expiring", let old = finding.fingerprint { .rotate(old) } else { .none }
      return
    }
    guard fix.first == "keyreeve" else {
      self = .shell(fix)
      return
    }
    if fix.dropFirst().first == "trust", case .prefix(let prefix)? = PlanRequest.scope(fix) {
      self = .refresh(prefix)
    } else {
      self = PlanRequest(fix: fix).map { .plan($0) } ?? .none
    }
  }

  /// What stands before the command, for a person.
  func words(_ keys: KeyBindings) -> String {
    let key = keys.name(.fix)
    return switch self {
    case .plan: "\(key) shows the plan: "
    case .refresh: "\(key) asks the host for its keys, for a review: "
    case .rotate: "\(key) begins a rotation to a new key"
    case .shell: "\(key) shows the command for the shell: "
    case .none: ""
    }
  }
}

extension PlanRequest {
  /// The plan that a finding's fix asks for; nil where the fix is no command that a plan can be made of.
  init?(fix: [String]) {
    guard fix.count >= 4, fix[0] == "keyreeve" else { return nil }
    let verb = fix[1]
    if verb == "remove", fix[2] == "--file" {
      self = .removeStray(file: fix[3])
      return
    }
    if verb == "rotate" {
      guard let scope = Self.scope(fix), fix.contains("--finish"), let from = fix.firstIndex(of: "--from"),
        fix.indices.contains(from + 1), let old = Fingerprint(typed: fix[from + 1])
      else { return nil }
      self = .retire(old, scope)
      return
    }
    guard let fingerprint = Fingerprint(typed: fix[2]), let verb = Several.Verb(rawValue: verb) else { return nil }
    if fix.contains("--everywhere") {
      self = .everywhere(verb, fingerprint)
    } else if let scope = Self.scope(fix) {
      self = KeyInScope(fingerprint: fingerprint, scope: scope).request(verb)
    } else {
      return nil
    }
  }

  /// The scope that a command line names.
  fileprivate static func scope(_ fix: [String]) -> Scope? {
    if fix.contains("--root") { return .root }
    guard let option = fix.firstIndex(of: "--prefix"), fix.indices.contains(option + 1) else { return nil }
    return (try? Prefix(fix[option + 1])).map { .prefix($0) }
  }
}

public import SignedMetadata
internal import StrictJSON
public import TrustModel

/// Whether a tag of a repository is signed, and what it is.
public struct TagQuestion: Sendable {
  /// The tag, or the name of a target.
  public let tag: String
  /// The only role that counts; nil for docker's own rule.
  public let role: String?

  /// Docker's rule: `targets/releases`, and only where that says nothing `targets`; no other role counts.
  ///
  /// Source: reference/docker-content-trust.md, section 2, "Lookup order in docker".
  static let dockerRoles: [RoleName] = ["targets/releases", .targets]

  /// A question about a tag.
  public init(_ tag: String, role: String? = nil) {
    (self.tag, self.role) = (tag, role)
  }

  /// The roles that count, the first that knows the tag first.
  var roles: [RoleName] { role.map { [RoleName(JSONString($0))] } ?? Self.dockerRoles }

  /// The roles that have to be read to answer.
  public var wantedRoles: Set<RoleName> { Set(roles) }

  /// What a role says of the tag, and which role; nil where none that counts knows it.
  public func target(in reading: RepositoryReading) -> SignedTarget? {
    let name = JSONString(tag)
    for wanted in roles {
      guard let role = reading.roles.first(where: { $0.name == wanted }), role.mayName(name),
        let file = role.document.targets[name]
      else { continue }
      return SignedTarget(role: role, file: file)
    }
    return nil
  }

  /// The verdict on the tag.
  public func verdict(on reading: RepositoryReading, server: MetadataSource?) -> Verdict {
    var subject = Verdict.Subject(reading.repository, tag: tag)
    var evidence = reading.evidence(server: server)
    let answer = target(in: reading)
    evidence.considered = considered(reading, answer)
    var verdict: Verdict
    if let answer, let digest = answer.file.sha256Text {
      subject.digest = "sha256:\(digest)"
      evidence.signatures = reading.signatures(of: answer.role)
      verdict = Verdict(
        subject: subject, outcome: .accepted,
        message:
          "\(VisibleText(tag)) of \(reading.repository) is \(subject.digest ?? ""), signed by role \(answer.role.name)")
    } else {
      verdict = Verdict(subject: subject, outcome: .refused(.unsigned), message: refusal(reading))
    }
    verdict.content = evidence
    verdict.notes = reading.notes
    return verdict
  }

  private func refusal(_ reading: RepositoryReading) -> String {
    let name = JSONString(tag)
    let others = reading.roles.filter { $0.document.targets[name] != nil && $0.mayName(name) }.map(\.name.description)
    let shown = "\(VisibleText(tag)) of \(reading.repository)"
    guard let other = others.first else {
      return
        "\(shown) is signed by no role that counts; keyreeve content list \(reading.repository) shows what is, and by whom"
    }
    let counting = roles.map(\.description).joined(separator: " and ")
    return
      "\(shown) is signed by role \(VisibleText(other)) alone, and only \(counting) count; --role \(VisibleText(other)) asks that role"
  }

  private func considered(_ reading: RepositoryReading, _ answer: SignedTarget?) -> [ContentEvidence.ConsideredRole] {
    let name = JSONString(tag)
    let read = reading.roles.map { role -> ContentEvidence.ConsideredRole in
      let text = role.name.description
      if role.name == answer?.role.name { return .init(role: text, status: "signs") }
      guard role.document.targets[name] != nil else { return .init(role: text, status: "silent") }
      guard role.mayName(name) else {
        return .init(role: text, status: "refused", detail: "the tag is outside the paths that it may sign")
      }
      let why = roles.contains(role.name) ? "another role comes first" : "the role does not count for docker"
      return .init(role: text, status: "not-asked", detail: why)
    }
    return read
      + reading.passedOver.map { .init(role: $0.role.description, status: "refused", detail: "\($0)") }
  }
}

/// A target that a role signs.
public struct SignedTarget: Sendable {
  /// The role.
  public let role: DelegationWalk.Role
  /// Its digests and length.
  public let file: ListedFile
}

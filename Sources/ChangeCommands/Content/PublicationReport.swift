internal import ContentChange
internal import ContentSigning
internal import ContentTrust
internal import ReadCommands
internal import SignedMetadata
internal import StrictJSON
internal import TrustModel

/// The plan of a publication, and what became of it, as text and as a `keyreeve.publication/1` document.
struct PublicationReport {
  let verb: String
  let session: PublishingSession
  private var former: RepositoryReading?
  private(set) var plan: SigningPlan?
  private(set) var difference: RepositoryDifference?
  private var root: RootDraft?
  private(set) var notes: [String] = []
  /// What only the repository as it was read back shows.
  private(set) var findings: [String] = []
  /// How often somebody else was faster, in the host's words.
  private(set) var overtaken: [String] = []
  /// Whether it was published and read back.
  var isPublished = false
  /// What is said where there was nothing to publish.
  private(set) var idle = "nothing to publish: it is so already"

  init(verb: String, session: PublishingSession) {
    (self.verb, self.session) = (verb, session)
  }

  /// Takes over what a change says of itself.
  mutating func take(_ change: DraftedChange) {
    if let words = change.idle { idle = words }
    (former, notes) = (change.reading, change.notes.map { session.given.completing($0) })
    if change.draft.changed.isEmpty { plan = nil }
  }

  /// Takes over notes on a repository that is new.
  mutating func take(_ notes: [String]) { self.notes = notes.map { session.given.completing($0) } }

  /// Takes over a plan.
  mutating func take(_ proposal: RepositoryPublisher.Proposal) {
    (plan, root) = (proposal.plan, proposal.draft.root)
    difference = RepositoryDifference(from: former, to: proposal.draft)
    if let words = proposal.overtaken { overtaken.append(words) }
  }

  /// Adds what only the repository as it was read back shows.
  mutating func compare(_ publication: Publication) {
    let before = Set(former?.passedOver.map(\.role) ?? [])
    for error in publication.reading.passedOver where !before.contains(error.role) {
      findings.append("from now on \(error): it does not count")
    }
  }

  func print() throws {
    let output = Output(session.options)
    // The others stand in the plan.
    for note in (plan == nil ? notes : []) + findings { output.message("note: \(note)") }
    guard !session.isQuiet || session.options.json else { return lines.forEach(output.message) }
    try output.result(document) { _ in lines }
  }

  // MARK: Text

  /// The plan, before it is agreed to.
  var planLines: [String] {
    var lines = overtaken.map {
      "somebody else has published meanwhile (\(VisibleText($0, limit: 200))): the change is made again upon that"
    }
    lines.append("\(session.repository) on \(session.host.name):")
    lines += roleLines + delegationLines + tagLines
    return lines + notes.map { "  note: \($0)" }
  }

  private var roleLines: [String] {
    guard let plan else { return [] }
    let lines = plan.entries.map { entry in
      let signers = (entry.signers + entry.formerSigners).map { $0.canonicalID.description.prefix(7) }
      let count = entry.threshold > 1 ? " (\(entry.threshold) must sign)" : ""
      return
        "  \(VisibleText(entry.role.description)) version \(entry.head.version), until \(entry.head.expires.date), signed by "
        + "\(signers.joined(separator: ", "))\(count)"
    }
    return lines + ["  " + session.hostLine(plan, root)]
  }

  private var delegationLines: [String] {
    (difference?.delegations ?? []).map { change in
      let name = VisibleText(change.role.description)
      switch (change.before, change.after) {
      case (nil, let after?): return "  delegation \(name), new: \(after.words)"
      case (let before?, let after?): return "  delegation \(name): \(after.words); before: \(before.words)"
      default: return "  delegation \(name) goes"
      }
    }
  }

  /// Tags shown one by one.
  private static let tagLimit = 20

  private var tagLines: [String] {
    guard let difference else { return [] }
    var lines = difference.tags.prefix(Self.tagLimit).map { Self.line($0) }
    let more = difference.tags.count - Self.tagLimit
    if more > 0 { lines.append("  and \(more) more tags; --json lists all") }
    return lines
      + difference.counts.map { count in
        "  afterwards \(VisibleText(count.role.description)) signs \(count.tags) tag\(count.tags == 1 ? "" : "s")"
      }
  }

  private static func line(_ tag: RepositoryDifference.Tag) -> String {
    let name = VisibleText(tag.name.text)
    func list(_ roles: [RoleName]) -> String {
      roles.isEmpty ? "nobody" : roles.map { VisibleText($0.description).description }.joined(separator: ", ")
    }
    guard let target = tag.target else {
      return "  tag \(name): signed by \(list(tag.before)) before, by \(list(tag.after)) afterwards"
    }
    let size = "sha256:\(hex(target.sha256)), \(target.length) octet\(target.length == 1 ? "" : "s")"
    return "  tag \(name): \(size), signed by \(list(tag.after))" + tag.replaced.map { Self.words($0) }.joined()
  }

  private static func words(_ former: RepositoryDifference.Replaced) -> String {
    let role = VisibleText(former.role.description)
    let end = former.stays ? ", which \(role) goes on to sign" : " of \(role)"
    return "; replaces sha256:\(hex(former.sha256))\(end)"
  }

  static func hex(_ octets: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: octets.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private var lines: [String] {
    guard plan != nil else { return [idle] }
    guard isPublished else { return planLines + ["dry run: nothing was signed or published"] }
    let again =
      overtaken.isEmpty
      ? [] : ["made again \(overtaken.count) time\(overtaken.count == 1 ? "" : "s"), since others published meanwhile"]
    return ["published \(session.repository) on \(session.host.name), and read back as it was sent:"] + roleLines
      + delegationLines + tagLines + again
  }
}

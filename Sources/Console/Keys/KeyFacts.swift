internal import OpenPGP
internal import Screen
internal import Stores
internal import TrustModel
internal import TrustVerify

/// What the machine knows of a key beside its row: subkeys, the files themselves, the log, the images that it vouches for.
struct KeyFacts {
  let row: KeyRow
  let context: Context

  /// The most lines that images take.
  static let imageLimit = 20

  /// The subkeys with what they are for.
  var subkeys: [DescribedLine] {
    guard let machine = context.machine else { return [] }
    let files = machine.files(of: row)
    guard let key = [files.local, files.vendor].compactMap(\.self).first(where: { $0.certificate != nil }),
      let certificate = key.certificate
    else { return [] }
    let judgement = machine.inventory.judgements[key.file.location]
    return certificate.subkeys.prefix(8).enumerated().map { offset, subkey in
      let use = use(of: judgement?.key(subkey.fingerprint), isJudged: judgement != nil)
      return DescribedLine(
        offset == 0 ? "Subkeys" : "", "\(subkey.fingerprint.shortGrouped) \(subkey.algorithm), \(use)")
    }
  }

  private func use(of key: Judgement.SigningKey?, isJudged: Bool) -> String {
    guard isJudged else { return "being judged by GnuPG" }
    guard let key, !key.isInvalid else { return "not bound to this key: counts for nothing" }
    if key.isRevoked { return "revoked" }
    if key.isExpired { return "expired" }
    return key.canSign ? "signs images" : "not for signing: not used to check images"
  }

  /// Owner, mode, size and date of a file, and the change that put it there.
  func file(_ record: KeyRecord?) -> [DescribedLine] {
    guard let record, let machine = context.machine else { return [] }
    let files = machine.files(of: row)
    guard let status = (record.layer == .distribution ? files.vendor : files.local)?.file.status else { return [] }
    let owner = "\(Self.name(status.owner, "uid")):\(Self.name(status.group, "gid"))"
    let mode = String(status.mode, radix: 8)
    let digits = String(repeating: "0", count: max(0, 4 - mode.count)) + mode
    let date = Timestamp(seconds: status.modified / 1_000_000_000).date
    let facts = "\(owner) \(digits), \(status.size) octets, changed \(date)"
    return [DescribedLine("", facts, .dim)] + added(record.file, machine.journal)
  }

  private static func name(_ number: UInt32, _ kind: String) -> String { number == 0 ? "root" : "\(kind) \(number)" }

  private func added(_ file: String, _ journal: Journal) -> [DescribedLine] {
    let entry = journal.entries.last { entry in
      entry.outcome == .done && entry.edits.contains { $0.file == file && $0.after != nil }
    }
    guard let entry else { return [] }
    let who = VisibleText(entry.author.description, limit: 40)
    return [DescribedLine("", "written \(entry.when.date) by \(who) (log #\(entry.id))", .dim)]
  }

  /// The images of the store whose verdict of today rests on this key.
  var images: [DescribedLine] {
    guard let listing = context.images else { return [DescribedLine("Images", "...", .dim)] }
    if let problem = listing.problem { return [DescribedLine("Images", problem, .warning)] }
    guard listing.isJudged else { return [DescribedLine("Images", "being judged by the keys of today", .dim)] }
    let used = listing.rows.filter { isVouchedFor($0) }
    guard !used.isEmpty else { return [DescribedLine("Images", "none of the store")] }
    let lines = used.prefix(Self.imageLimit).enumerated().map {
      DescribedLine($0.offset == 0 ? "Images" : "", $0.element.name)
    }
    let more = used.count - Self.imageLimit
    return more > 0 ? lines + [DescribedLine("", "and \(more) more")] : lines
  }

  private func isVouchedFor(_ image: ImageRow) -> Bool {
    guard row.isAccepted, let fingerprint = row.fingerprint, let name = image.record?.name, row.scope.covers(name),
      let today = image.today, today.isAccepted
    else { return false }
    return today.signatures.contains { $0.status == .good && $0.primaryFingerprint == fingerprint }
  }

  /// What to do, if anything.
  var next: [DescribedLine] {
    let text: String?
    switch (row.state, row.record?.status) {
    case (.masked, _): text = "\(context.key(.enable)) takes the empty file away: the key counts again."
    case (.mask, _): text = "\(context.key(.enable)) takes the empty file away; it switches nothing off today."
    case (.broken, _): text = "Look at the file with the shell and move it away."
    case (_, .expired):
      text = "\(rotate) puts a new key in its place; \(context.key(.trust)) takes a copy that its owner has renewed."
    case (_, .revoked), (_, .weak): text = "\(rotate) puts a new key in its place."
    case (_, .trusted): text = soon
    default: text = nil
    }
    return text.map { DescribedLine.section("NEXT") + [DescribedLine("", $0)] } ?? []
  }

  private var rotate: String { context.key(.rotate) }

  private var soon: String? {
    guard let expires = row.health?.expires else { return nil }
    let days = expires.days(since: context.now)
    return days < Auditor.expiryNotice ? "It expires in \(days) days: \(rotate) puts a new key in its place." : nil
  }

  /// How rkt itself decides, where that differs.
  var note: [DescribedLine] {
    guard row.isAccepted, case .prefix(let prefix) = row.scope else { return [] }
    return [DescribedLine("", "rkt compares the text alone: there also \(prefix)X, which is not accepted here", .dim)]
  }
}

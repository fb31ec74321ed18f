internal import ReadCommands
internal import Stores
internal import TrustChange
internal import TrustModel
internal import TrustVerify

extension PlainSession {
  /// The list of keys, and what can be done with the one that is chosen.
  func keys() throws(Dialog.NoAnswer) {
    let key = try chosenKey("show")
    while true {
      let verbs = ["show", "disable", "enable", "remove", "rotate"]
      let verb = verbs[try dialog.choice("Key \(key.fingerprint)", verbs)]
      switch verb {
      case "show": look(["show"], ["\(key.fingerprint)"])
      case "rotate": try rotate(key)
      default: change([verb] + Self.option(key.scope), ["\(key.fingerprint)"])
      }
    }
  }

  /// Changes what comes of a key that is chosen from the list.
  func changeKey(_ verb: String) throws(Dialog.NoAnswer) {
    let key = try chosenKey(verb)
    change([verb] + Self.option(key.scope), ["\(key.fingerprint)"])
  }

  /// Lets a key be chosen for a verb.
  func chosenKey(_ verb: String) throws(Dialog.NoAnswer) -> (fingerprint: Fingerprint, scope: Scope) {
    let listing = KeyListing(options.layers, cache: options.listingCache, at: SystemClock.now)
    for obstacle in listing.obstacles { dialog.say("warning: not seen: \(obstacle.error)") }
    let keys = listing.records.compactMap { record in record.fingerprint.map { (record: record, fingerprint: $0) } }
    guard !keys.isEmpty else {
      dialog.say("There are no key files.")
      throw .back
    }
    let list = NumberedList(
      heading: "Keys to \(verb)", lines: keys.map { PlainKeyLine.text($0.record, $0.fingerprint) })
    let key = keys[try list.choose(dialog)]
    return (key.fingerprint, key.record.scope)
  }

  /// Retires a key in favour of a new one.
  func rotate(_ old: (fingerprint: Fingerprint, scope: Scope)) throws(Dialog.NoAnswer) {
    let new = try source("Where is the new key?", offersDiscovery: false)
    let days = try dialog.number(
      "For how many days are both keys trusted? 0 retires the old key at once.", in: 0...RotateCommand.overlapLimit)
    change(
      ["rotate", "--from=\(old.fingerprint)", "--to=\(new ?? "")"] + Self.option(old.scope)
        + (days == 0 ? [] : ["--overlap=\(days)"]))
  }

  /// Adds a key.
  func trust() throws(Dialog.NoAnswer) {
    let scopes = ["the names that begin with a prefix", "every image name"]
    let isRoot = try dialog.choice("For which image names?", scopes) == 1
    let scope = isRoot ? "--root" : "--prefix=\(try dialog.text("Prefix, such as example.com/team"))"
    let key = try source("Where is the key?", offersDiscovery: !isRoot)
    change(["trust", scope], key.map { [$0] } ?? [])
  }

  /// Where a key comes from, as an argument; nil for discovery.
  private func source(_ question: String, offersDiscovery: Bool) throws(Dialog.NoAnswer) -> String? {
    let places =
      ["in a file", "at an https address"] + (offersDiscovery ? ["on the prefix's own site (discovery)"] : [])
    switch try dialog.choice(question, places) {
    case 0: return try path("File with the public key")
    case 1: return try dialog.text("Address, which begins with https://")
    default: return nil
    }
  }

  /// A path, with `~/` replaced, which no shell has seen here; never `-`, since the answers come that way.
  func path(_ question: String) throws(Dialog.NoAnswer) -> String {
    let path = try dialog.text(question)
    if path == "-" { return "./-" }
    guard path.hasPrefix("~/"), let home = Environment["HOME"] else { return path }
    return home + path.dropFirst()
  }

  private static func option(_ scope: Scope) -> [String] {
    switch scope {
    case .root: ["--root"]
    case .prefix(let prefix): ["--prefix=\(prefix)"]
    }
  }
}

/// A key file in one line, the important words first.
enum PlainKeyLine {
  static func text(_ record: KeyRecord, _ fingerprint: Fingerprint) -> String {
    var parts = [record.status.rawValue, "for \(record.scope.words)", "\(record.layer.rawValue) layer"]
    parts += record.userIDs.first.map { [$0] } ?? []
    parts += record.expires.map { ["expires \($0.date)"] } ?? []
    parts += record.problem.map { [$0] } ?? []
    return (parts + ["\(fingerprint)"]).joined(separator: ", ")
  }
}

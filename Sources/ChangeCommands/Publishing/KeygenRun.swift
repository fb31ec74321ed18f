internal import Publishing
internal import ReadCommands
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// The keys that one run of `keyreeve keygen` makes.
struct KeygenRun {
  let command: KeygenCommand
  let gnupg: GnuPG

  private struct Row {
    let parameters: KeyParameters
    let fingerprint: Fingerprint?
  }

  func run() throws {
    let output = Output(command.options)
    let orders = try orders(output)
    // A key is not made for a file that cannot be written then.
    if let file = command.output {
      try publishing { () throws(PublishingProblem) in
        try WholeFile.check(file, replacing: command.force, by: "--force")
      }
    }
    var rows: [Row] = []
    for order in orders {
      guard !command.dryRun, !order.parameters.isDryRun else {
        rows.append(Row(parameters: order.parameters, fingerprint: nil))
        continue
      }
      rows.append(try make(order))
    }
    for row in rows {
      guard let fingerprint = row.fingerprint else {
        output.message("would be made: \(Self.text(row.parameters)); nothing was made: a dry run")
        continue
      }
      let ring = row.parameters.keyring.map { " --keyring \(ShellText.quoted($0))" } ?? ""
      output.message("made \(fingerprint); to sign: keyreeve sign FILE --key \(fingerprint)\(ring)")
    }
    try output.result(document(rows)) { _ in rows.compactMap { $0.fingerprint?.description } }
    if let file = command.output { try export(rows.compactMap(\.fingerprint), to: file) }
  }

  /// A key in words: what it is, and whose.
  private static func text(_ parameters: KeyParameters) -> String {
    let size = parameters["Key-Curve"] ?? parameters["Key-Length"].map { "\($0) bits" }
    let comment = parameters["Name-Comment"].map { "(\($0))" }
    let user = [parameters["Name-Real"], comment, parameters["Name-Email"].map { "<\($0)>" }].compactMap { $0 }
    let end = parameters["Expire-Date"].flatMap { $0 == "0" ? nil : $0 }
    let words = ["\(parameters["Key-Type"] ?? "")", size, "for \(user.joined(separator: " "))"].compactMap { $0 }
    return VisibleText(words.joined(separator: " ") + (end.map { ", until \($0)" } ?? "")).description
  }

  /// The public keys into the file that `--output` names; what was made is on standard output already.
  private func export(_ fingerprints: [Fingerprint], to file: String) throws {
    guard !fingerprints.isEmpty else { return }
    try publishing { () throws(PublishingProblem) in
      let text = try gnupg.armoredPublicKeys(fingerprints)
      try WholeFile.write(text, to: file, replacing: command.force, by: "--overwrite")
    }
    Output(command.options).message("public keys: \(VisibleText(file))")
  }

  private func orders(_ output: Output) throws -> [KeyBatchFile.Order] {
    guard let path = command.batchFile else {
      let parameters = try publishing { () throws(PublishingProblem) in
        try KeyOrder(
          command.algorithm, name: command.name, email: command.email, comment: command.comment,
          expires: command.expires
        ).parameters
      }
      try refuseEnd(command.expires)
      var order = KeyBatchFile.Order()
      order.parameters = parameters
      for remark in parameters.remarks { output.message("note: \(remark)") }
      return [order]
    }
    let file = try publishing { () throws(PublishingProblem) in try KeyBatchFile(KeyBatchFile.contents(of: path)) }
    for warning in file.warnings { output.message("warning: \(warning)") }
    for echo in file.echoes { output.message("\(VisibleText(echo))") }
    return file.orders
  }

  /// Refuses a day that has come already.
  private func refuseEnd(_ text: String) throws {
    guard let end = Timestamp(rfc3339: text + "T00:00:00Z"), end <= SystemClock.now else { return }
    throw CommandFailure(.usage, "--expires \(end.date): that day has come already")
  }

  private func make(_ order: KeyBatchFile.Order) throws -> Row {
    var gnupg = gnupg
    if let keyring = order.parameters.keyring, gnupg.keyring == nil { gnupg = gnupg.with(keyring: keyring) }
    let protection = try protection(of: order)
    return try publishing { () throws(PublishingProblem) in
      try gnupg.makeHome()
      return Row(parameters: order.parameters, fingerprint: try gnupg.makeKey(order.parameters, protection))
    }
  }

  private func protection(of order: KeyBatchFile.Order) throws -> KeyProtection {
    if command.isOpen || order.parameters.isOpen { return .none }
    if let descriptor = command.descriptor {
      return .passphrase(try publishing { () throws(PublishingProblem) in try PassphraseLine.read(descriptor) })
    }
    if let passphrase = order.passphrase { return .passphrase(passphrase) }
    return .agent
  }

  private func document(_ rows: [Row]) -> JSON {
    [
      "schema": "keyreeve.keygen/1",
      "keys": .array(
        rows.map { row in
          [
            "fingerprint": JSON(row.fingerprint?.description), "type": JSON(row.parameters["Key-Type"]),
            "size": JSON(row.parameters["Key-Curve"] ?? row.parameters["Key-Length"]),
            "name": JSON(row.parameters["Name-Real"]), "email": JSON(row.parameters["Name-Email"]),
            "comment": JSON(row.parameters["Name-Comment"]), "expires": JSON(row.parameters["Expire-Date"]),
            "keyring": JSON(row.parameters.keyring),
          ]
        }),
      "dryRun": .bool(rows.allSatisfy { $0.fingerprint == nil }),
    ]
  }
}

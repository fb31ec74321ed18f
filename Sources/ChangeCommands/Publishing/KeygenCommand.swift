public import ArgumentParser
internal import Publishing
internal import ReadCommands
internal import StrictJSON
internal import TrustModel

/// `keyreeve keygen`: a signing key in GnuPG, and its public part for others.
public struct KeygenCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "keygen", abstract: "Make an OpenPGP key that signs images, or export public keys.",
    discussion: """
      The key lies in GnuPG's home, where gpg and its agent use it. GnuPG asks for its passphrase, unless \
      --passphrase-fd or --no-passphrase says otherwise. rkt reads no Ed25519 keys: for clients as old as that take \
      --algorithm rsa4096. --batch-file takes what gpg --batch --gen-key takes. The fingerprint is printed.

      keyreeve keygen --name Release --email release@example.com --expires 2y
      keyreeve keygen --name CI --email ci@example.com --passphrase-fd 3 3<passphrase
      keyreeve keygen --export FPR --output release.asc
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var gnupg: GnuPGOptions

  @Option(help: "ed25519, rsa2048, rsa3072, rsa4096, nistp256, nistp384 or nistp521.")
  var algorithm = KeyOrder.Algorithm.ed25519

  @Option(help: "Whose key it is.")
  var name: String?

  @Option(help: "The mail address.")
  var email: String?

  @Option(help: "A remark in the user id.")
  var comment: String?

  @Option(help: ArgumentHelp("never, a day such as 2027-12-31, or 90d, 12m, 2y.", valueName: "when"))
  var expires = "never"

  @Option(
    name: .customLong("batch-file"),
    help: ArgumentHelp("Order the keys of this file; - is standard input.", valueName: "file"))
  var batchFile: String?

  @Option(
    name: .customLong("passphrase-fd"),
    help: ArgumentHelp("Read the passphrase of the key from this descriptor, one line.", valueName: "n"))
  var descriptor: Int?

  @Flag(name: .customLong("no-passphrase"), help: "Leave the key without protection: whoever reads its file can sign.")
  var isOpen = false

  @Flag(name: .customLong("dry-run"), help: "Say what would be made and make nothing.")
  var dryRun = false

  @Option(
    name: .customLong("export"), parsing: .singleValue,
    help: ArgumentHelp(
      "Make no key: print the public part of this one, armored. May be given again.", valueName: "fpr"),
    transform: Fingerprint.ofGnuPG)
  var exported: [Fingerprint] = []

  @Option(help: ArgumentHelp("Write the public keys into this file.", valueName: "file"))
  var output: String?

  @Flag(name: [.customLong("overwrite"), .customLong("force")], help: "Replace a file that exists.")
  var force = false

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses what contradicts itself.
  public func validate() throws {
    if isOpen, descriptor != nil { throw ValidationError("--no-passphrase and --passphrase-fd exclude each other") }
    let ordersOne = name != nil || email != nil || comment != nil
    if !exported.isEmpty, ordersOne || batchFile != nil || isOpen || descriptor != nil {
      throw ValidationError("--export makes no key: leave out what describes one")
    }
    if batchFile != nil, ordersOne {
      throw ValidationError("--batch-file says whose key it is: leave out --name and the like")
    }
    if force, output == nil { throw ValidationError("--overwrite is for --output") }
  }

  /// Makes the keys, or exports.
  public func run() throws {
    let gnupg = try gnupg.gnupg(options)
    guard exported.isEmpty else { return try export(exported, gnupg) }
    try KeygenRun(command: self, gnupg: gnupg).run()
  }

  func export(_ fingerprints: [Fingerprint], _ gnupg: GnuPG) throws {
    let text = try publishing { () throws(PublishingProblem) in try gnupg.armoredPublicKeys(fingerprints) }
    if let output {
      try publishing { () throws(PublishingProblem) in
        try WholeFile.write(text, to: output, replacing: force, by: "--overwrite")
      }
    }
    let shown = String(decoding: text, as: UTF8.self)
    try Output(options).result([
      "schema": "keyreeve.public-keys/1", "fingerprints": JSON(fingerprints.map(\.description)),
      "file": JSON(output), "text": JSON(output == nil ? shown : nil),
    ]) { _ in
      output.map { ["exported: \(VisibleText($0))"] }
        ?? shown.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }
}

extension KeyOrder.Algorithm: ExpressibleByArgument {}

public import ArgumentParser
internal import Publishing
internal import ReadCommands
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// `keyreeve sign`: armored detached signatures beside files.
public struct SignCommand: ParsableCommand {
  /// Name and help.
  public static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign files with a key of GnuPG: FILE.asc beside each.",
    discussion: """
      GnuPG's agent asks for the passphrase, unless --passphrase-fd gives it, as in keyreeve sign hello.aci --passphrase-fd 3 \
      3<passphrase. Each signature is checked as keyreeve \
      verify checks it before it is written.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var gnupg: GnuPGOptions

  @Argument(help: "The files.")
  var files: [String]

  @Option(
    name: .customLong("key"),
    help: ArgumentHelp("The key; needed where GnuPG has several that can sign.", valueName: "fpr"),
    transform: Fingerprint.ofGnuPG)
  var key: Fingerprint?

  @Option(
    name: .customLong("passphrase-fd"),
    help: ArgumentHelp("Read the passphrase of the key from this descriptor, one line.", valueName: "n"))
  var descriptor: Int?

  @Option(help: ArgumentHelp("The signature of a single file.", valueName: "file"))
  var output: String?

  @Flag(name: [.customLong("overwrite"), .customLong("force")], help: "Replace signatures that exist.")
  var force = false

  /// A command, filled in by the parser.
  public init() {}

  /// Refuses one output for several files.
  public func validate() throws {
    if output != nil, files.count != 1 { throw ValidationError("--output is for a single file") }
  }

  /// Signs.
  public func run() throws {
    let gnupg = try gnupg.gnupg(options)
    let output = Output(options)
    let signer = try publishing { () throws(PublishingProblem) in
      let chosen = try gnupg.signingKey(key)
      let passphrase = try descriptor.map { (number) throws(PublishingProblem) in try PassphraseLine.read(number) }
      return try DetachedSigner(gnupg, chosen, passphrase: passphrase, at: SystemClock.now)
    }
    for warning in signer.warnings { output.message("warning: \(warning)") }
    var rows: [(file: String, signature: String, report: SignatureReport)] = []
    for file in files {
      let target = self.output ?? file + ".asc"
      let report = try publishing { () throws(PublishingProblem) in
        try signer.sign(file, to: target, replacing: force)
      }
      rows.append((file, target, report))
    }
    try output.result([
      "schema": "keyreeve.signatures/1",
      "signatures": .array(rows.map { Self.document($0.file, $0.signature, $0.report) }),
    ]) { _ in
      rows.map { row in
        let algorithm = row.report.algorithm.map { ", \($0)" } ?? ""
        return
          "signed: \(VisibleText(row.signature)) by \(row.report.primaryFingerprint?.description ?? "")\(algorithm), \(row.report.hash)"
      }
    }
  }

  private static func document(_ file: String, _ signature: String, _ report: SignatureReport) -> JSON {
    [
      "file": JSON(file), "signature": JSON(signature), "fingerprint": JSON(report.fingerprint?.description),
      "primaryFingerprint": JSON(report.primaryFingerprint?.description),
      "algorithm": JSON(report.algorithm?.description), "hash": JSON(report.hash.description),
      "created": JSON(report.created?.description),
    ]
  }
}

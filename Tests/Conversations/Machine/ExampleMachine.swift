public import TestSupport
import TrustModel

/// A machine with every kind of key file in its layers, and with images, key files and a change log where asked for.
///
/// What `make demo` makes with gpg and actool is made here from fixed keys, in milliseconds and the same in each run.
public final class ExampleMachine {
  /// The layers.
  public let sandbox: SandboxMachine

  /// A machine; `images` also puts `/images` and `/keys` there.
  public init(images: Bool = false) throws {
    sandbox = try SandboxMachine()
    try placeDistribution()
    try placeAdministrator()
    for folder in ["/home", "/tmp"] { try sandbox.makeDirectory(folder) }
    if images {
      for file in try ExampleImages.files.get() { try sandbox.write("/images/" + file.name, file.octets) }
      try placeKeyFiles()
    }
  }

  /// What `--sysroot` takes.
  public var path: String { sandbox.path }

  /// What a program needs of the environment to work on this machine and on no other.
  public var environment: [String: String] {
    let own = [
      "KEYREEVE_SYSROOT": path, "HOME": path + "/home", "TMPDIR": path + "/tmp", "XDG_DATA_HOME": "/data",
      "PATH": Programs.directory + ":/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
    ]
    return ChildProcess.cleanEnvironment.merging(own) { $1 }
  }

  /// Every file and directory below `folder` with mode, size, time and digest of what it holds: equal texts, equal trees.
  public func fingerprint(of folder: String = "/") throws -> String {
    let script = """
      cd "$1" && find . -path ./tmp -prune -o -printf '%p %y %m %s %T@ %l\\n' | sort &&
      find . -path ./tmp -prune -o -type f -print0 | sort -z | xargs -0r sha256sum
      """
    return try ChildProcess.run(["sh", "-c", script, "sh", sandbox.located(folder)]).text
  }

  private func placeDistribution() throws {
    for key in [ExampleKey.archive, .archive2019, .corporate] { try place(key, nil, .distribution) }
    try place(.release, "example.com", .distribution)
    try place(.nightly, "example.com/nightly", .distribution)
    try place(.harbour, "harbour.example", .distribution)
    try place(.builds, "old.example", .distribution)
  }

  private func placeAdministrator() throws {
    try sandbox.mask(try ExampleKey.archive2019.fingerprint())
    var corporate = try ExampleKey.corporate.certificate()
    try corporate.addUserID("Corporate Root Signing <signing@corp.example>")
    try sandbox.place(corporate, .administrator)
    try place(.nightly, "example.com/nightly", .administrator)
    try place(.tools, "legacy.example", .administrator)
    try place(.site, "site.example", .administrator)
    try place(.widgets, "widgets.example", .administrator)
    let note = Array("Keys in this directory were compared by telephone; see the ticket.\n".utf8)
    try sandbox.place(note, named: "README", in: .prefix(try Prefix("example.com")), .administrator)
    try sandbox.place(
      try ExampleKey.toolbox.armored(), named: "\(ExampleKey.site.fingerprint())",
      in: .prefix(try Prefix("toolbox.example")), .administrator)
  }

  private func place(_ key: ExampleKey, _ prefix: String?, _ layer: Layer) throws {
    let scope = try prefix.map { Scope.prefix(try Prefix($0)) } ?? .root
    try sandbox.place(try key.armored(), named: "\(key.fingerprint())", in: scope, layer)
  }

  private func placeKeyFiles() throws {
    for key in [ExampleKey.release, .release2, .quayside, .builder, .lapsed, .harbour, .tools, .archive2019, .site] {
      try sandbox.write("/keys/\(key.rawValue).asc", try key.armored())
    }
    for (name, certificate) in try ExampleCertificates.later() {
      try sandbox.write("/keys/\(name).asc", MadeArmor.publicKey.wrap(certificate.octets))
    }
    let both = try ExampleKey.release2.certificate().octets + ExampleKey.quayside.certificate().octets
    try sandbox.write("/keys/two.asc", MadeArmor.publicKey.wrap(both))
    try sandbox.write("/keys/binary.pgp", try ExampleKey.release2.certificate().octets)
    try sandbox.write("/keys/not-a-key.txt", Array("hello\n".utf8))
    let secret = MadePacket.make(.secretKey, try ExampleKey.release2.certificate().primary.body + [0, 0])
    try sandbox.write("/keys/secret.pgp", secret)
  }
}

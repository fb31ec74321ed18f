internal import ArgumentParser
internal import Publishing
internal import ReadCommands
internal import Stores
internal import TrustModel

/// Which GnuPG a command works with.
struct GnuPGOptions: ParsableArguments {
  @Option(
    name: .customLong("gnupg-home"),
    help: ArgumentHelp("GnuPG's home in place of your own (GNUPGHOME, or ~/.gnupg).", valueName: "dir"))
  var home: String?

  @Option(help: ArgumentHelp("A file of public keys in place of the home's own.", valueName: "file"))
  var keyring: String?

  func validate() throws {
    for (option, value) in [("--gnupg-home", home), ("--keyring", keyring)] where value?.isEmpty == true {
      throw ValidationError("\(option) is empty")
    }
  }

  /// The person's GnuPG; below a sysroot, only a home that lies there or is named.
  func gnupg(_ options: CommonOptions) throws -> GnuPG {
    let usual = Environment["GNUPGHOME"] ?? Environment["HOME"].map { $0 + "/.gnupg" }
    let isOutside = !options.machine.isMachine && !(usual ?? "").hasPrefix(options.machine.path + "/")
    guard home != nil || !isOutside else {
      throw CommandFailure(.usage, "nothing outside of the sysroot is touched: name GnuPG's home by --gnupg-home")
    }
    return try publishing { () throws(PublishingProblem) in
      try GnuPG(in: Environment["PATH"] ?? "", home: home, keyring: keyring)
    }
  }
}

extension Fingerprint {
  /// Reads the full fingerprint of a key that GnuPG has; a shorter key id and an address are refused, since both can be forged.
  @Sendable static func ofGnuPG(_ text: String) throws -> Fingerprint {
    guard let fingerprint = Fingerprint(typed: text) else {
      let shown = VisibleText(text, limit: 80)
      throw ValidationError(
        "'\(shown)' is not a full fingerprint of 40 hexadecimal digits; see: gpg --list-secret-keys")
    }
    return fingerprint
  }
}

/// Does something of publishing; what goes wrong ends the command.
func publishing<Value>(_ body: () throws(PublishingProblem) -> Value) throws -> Value {
  do {
    return try body()
  } catch {
    throw CommandFailure(error)
  }
}

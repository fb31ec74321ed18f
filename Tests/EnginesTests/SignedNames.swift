import TestSupport

/// Names that are signed without any image behind them: for engines that only say what they are told.
enum SignedNames {
  /// What `v1` of each name is.
  static let digest = "sha256:" + String(repeating: "a", count: 64)

  /// A machine with an engine, and a server on which these names are signed.
  static func engine(signing names: [String]) throws -> (FakeEngine, NotaryPeer) {
    let (engine, notary) = (try FakeEngine(), try NotaryPeer())
    try engine.machine.write(
      "/home/.docker/tls/localhost:\(notary.port)/ca.crt",
      try ChildProcess.run(["cat", try SiteCertificate.authorities]).output)
    engine.variables = [
      "DOCKER_CONTENT_TRUST_SERVER": notary.address, "DOCKER_CONTENT_TRUST_ROOT_PASSPHRASE": "root passphrase",
      "DOCKER_CONTENT_TRUST_REPOSITORY_PASSPHRASE": "repository passphrase",
    ]
    for name in names {
      let common = ["--sysroot", engine.machine.path, "--yes", "--trust-on-first-use"]
      for words in [["init", name], ["sign", name, "v1", "--digest", digest, "--size", "42"]] {
        let outcome = try engine.run(["content"] + words + common)
        guard outcome.status == 0 else { throw NotaryPeer.Failure.failed(outcome.errorText) }
      }
    }
    return (engine, notary)
  }
}

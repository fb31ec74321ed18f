import Glibc
import OpenPGP
import TestSupport
import TrustModel

/// What other programs make of a case: whether they would let the data through.
enum Oracles {
  /// gpgv by its status lines (its exit status is 0 for revoked and expired keys): as many valid signatures as lines of
  /// any verdict, at least one.
  static func gpgvAccepts(_ file: SignedFile) throws -> Bool {
    let folder = try TemporaryDirectory()
    try folder.write("ring", file.keyFiles.flatMap { $0 })
    try folder.write("signature", file.signatureFile)
    try folder.write("data", file.data)
    let outcome = try ChildProcess.run(
      ["gpgv", "--homedir", folder.path, "--status-fd", "1", "--keyring", "./ring", "signature", "data"],
      directory: folder.path)
    let words = outcome.text.split(separator: "\n").compactMap { line in
      line.hasPrefix("[GNUPG:] ") ? line.dropFirst(9).prefix { $0 != " " } : nil
    }
    let verdicts: Set<Substring> = [
      "GOODSIG", "BADSIG", "ERRSIG", "EXPSIG", "EXPKEYSIG", "REVKEYSIG", "NODATA", "UNEXPECTED", "FAILURE",
    ]
    let seen = words.filter { verdicts.contains($0) }
    return !seen.isEmpty && seen.allSatisfy { $0 == "GOODSIG" } && words.count { $0 == "VALIDSIG" } == seen.count
  }

  /// sqop by its exit status.
  static func sqopAccepts(_ file: SignedFile) throws -> Bool {
    let folder = try TemporaryDirectory()
    var names: [String] = []
    for (index, octets) in file.keyFiles.enumerated() { names.append(try folder.write("key\(index)", octets)) }
    let signature = try folder.write("signature", file.signatureFile)
    return try ChildProcess.run(["sqop", "verify", signature] + names, input: file.data).status == 0
  }

  /// gpg through GPGME over the data; nil for a file that our reader refuses, which never gets there.
  static func secondOpinion(_ file: SignedFile) throws -> [SecondOpinion.Opinion]? {
    guard let signatures = try? DetachedSignature.readAll(file.signatureFile) else { return nil }
    let folder = try TemporaryDirectory()
    let descriptor = open(try folder.write("data", file.data), O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    do throws(EngineError) {
      return try SecondOpinion().verify(
        signatures, over: descriptor, by: Verification.certificates(of: file), at: Moment.now)
    } catch .countsDiffer {
      // gpg passes over a signature whose hash it does not know.
      return []
    }
  }
}

internal import OpenPGP
public import TrustModel
internal import TrustVerify

/// Makes detached signatures by a key that GnuPG holds, and looks at each as whoever verifies it will.
public struct DetachedSigner: Sendable {
  /// A signature that would be taken: the armored file, and what our own reading of it came to.
  private struct Made {
    let octets: [UInt8]
    let report: SignatureReport
  }

  private let gnupg: GnuPG
  private let certificate: Certificate
  private let passphrase: SecretOctets?
  private let now: Timestamp
  /// What a person should know of the key.
  public let warnings: [String]

  /// A signer by that key, whose certificate is looked at as of `now`.
  ///
  /// - Throws: `PublishingProblem` with `unfit` where no signature by the key would be taken.
  public init(
    _ gnupg: GnuPG, _ key: SecretKey, passphrase: SecretOctets?, at now: Timestamp
  ) throws(PublishingProblem) {
    guard let certificate = try gnupg.certificates([key.fingerprint]).first else {
      throw PublishingProblem(.notFound, "gpg has no public part of the key \(key.fingerprint)")
    }
    (self.gnupg, self.certificate, self.passphrase, self.now) = (gnupg, certificate, passphrase, now)
    let judgement = SignatureReading([], by: [certificate], at: now).judgement(of: certificate)
    if let weakness = certificate.algorithm.weakness {
      throw PublishingProblem(
        .unfit, "the key \(key.fingerprint) is too weak: \(weakness); make another: keyreeve keygen")
    }
    warnings = Self.warnings(certificate, judgement, at: now)
  }

  private static func warnings(_ certificate: Certificate, _ judgement: Judgement?, at now: Timestamp) -> [String] {
    var warnings = certificate.remarks.compactMap { remark in
      if case .weakSelfSignature = remark { "the key has a \(remark), which no longer counts everywhere" } else { nil }
    }
    if let end = judgement?.expires, end > now, end.days(since: now) < 30 {
      warnings.append("the key expires \(end.date): whoever verifies after that refuses its signatures")
    }
    return warnings
  }

  /// Signs a file, and writes the signature where it passes for one.
  ///
  /// - Throws: `PublishingProblem` where gpg does not sign, or where its signature would not be taken; also, before
  ///   anything is signed, where there is a file at `output` that is not to be replaced.
  public func sign(
    _ path: String, to output: String, replacing isReplacing: Bool
  ) throws(PublishingProblem) -> SignatureReport {
    let file = try NewFile.at(output, replacing: isReplacing, by: "--overwrite")
    guard !file.isSame(as: path) else {
      throw PublishingProblem(.usage, "the signature of \(VisibleText(path)) would take the place of the file itself")
    }
    let made = try sign(path)
    try file.write(replacing: isReplacing) { (descriptor) throws(PublishingProblem) in
      try WholeFile.put(made.octets, into: descriptor, at: output)
    }
    return made.report
  }

  private func sign(_ path: String) throws(PublishingProblem) -> Made {
    let shown = VisibleText(path)
    do throws(ImageFile.Failure) {
      _ = try ImageFile(path)
    } catch {
      if case .missing = error { throw PublishingProblem(.notFound, "there is no file \(shown)") }
      throw PublishingProblem(.failed, "\(shown) \(error.problem)")
    }
    let words = [
      "--local-user", "\(certificate.fingerprint)", "--digest-algo", "SHA512", "--armor", "--output", "-",
      "--detach-sign", "--",
    ]
    let answer = try gnupg.run(words + [path == "-" ? "./-" : path], passphrase: passphrase)
    guard answer.isWell, !answer.status.words("SIG_CREATED").isEmpty else {
      if let problem = answer.status.failure("\(shown) was not signed") { throw problem }
      throw PublishingProblem(
        .failed, "\(shown) was not signed: \(answer.complaint.isEmpty ? "gpg gave no reason" : answer.complaint)")
    }
    return Made(octets: answer.output, report: try checked(answer.output, path))
  }

  /// The one pass over the file that a verifier makes.
  private func checked(_ signature: [UInt8], _ path: String) throws(PublishingProblem) -> SignatureReport {
    do {
      let reading = SignatureReading(try DetachedSignature.readAll(signature), by: [certificate], at: now)
      var digest = reading.digest
      let file = try ImageFile(path)
      try unsafe file.forEachChunk { unsafe digest.update($0) }
      let reports = reading.reports(over: digest)
      guard let report = reports.first, reports.allSatisfy({ $0.status == .good }) else {
        let bad = reports.first { $0.status != .good }
        throw PublishingProblem(
          .unfit,
          "gpg signed \(VisibleText(path)), but nobody would take the signature: \(bad?.detail ?? "it holds none"); nothing was written"
        )
      }
      return report
    } catch let problem as PublishingProblem {
      throw problem
    } catch {
      throw PublishingProblem(.failed, "the signature over \(VisibleText(path)) could not be looked at: \(error)")
    }
  }
}

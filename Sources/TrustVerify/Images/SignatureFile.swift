public import OpenPGP
public import TrustModel

/// The detached signatures of an image, out of their file.
public struct SignatureFile: Sendable {
  /// The octets as they came.
  public let octets: [UInt8]
  /// The signatures, at least one.
  public let signatures: [DetachedSignature]

  /// Why there are none, as a verdict has it.
  public struct Failure: Error {
    /// Refused as unsigned, or nothing can be said.
    public let outcome: Verdict.Outcome
    /// One sentence.
    public let message: String
  }

  /// Reads signatures; `source` is what messages call the file.
  ///
  /// - Throws: `Failure`: `unsigned` where the octets hold no well-formed detached signature.
  public init(_ octets: [UInt8], source: String) throws(Failure) {
    do {
      signatures = try DetachedSignature.readAll(octets)
      self.octets = octets
    } catch {
      throw Failure(
        outcome: .refused(.unsigned),
        message: "\(VisibleText(source)) holds no well-formed detached signature: \(error); ask the publisher for a"
          + " signature made with gpg --detach-sign")
    }
  }

  /// Reads the signature file at `path`, which belongs to `image`.
  ///
  /// - Throws: `Failure`: `unsigned` where there is none or it holds none, undetermined where it cannot be read.
  public init(path: String, of image: String) throws(Failure) {
    let shown = VisibleText(path)
    let octets: [UInt8]
    do throws(ImageFile.Failure) {
      octets = try ImageFile(path).contents(limit: OpenPGPLimits.standard.signatureFileOctets)
    } catch {
      switch error {
      case .missing:
        throw Failure(
          outcome: .refused(.unsigned),
          message: "\(VisibleText(image)) is not signed: there is no signature file \(shown); name one with"
            + " --signature FILE")
      case .tooLarge(let limit):
        throw Failure(
          outcome: .refused(.unsigned), message: "\(shown) is no signature file: it is larger than \(limit) octets")
      case .notRegular, .system:
        throw Failure(outcome: .undetermined, message: "the signature \(shown) \(error.problem)")
      }
    }
    try self.init(octets, source: path)
  }
}

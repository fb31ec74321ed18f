public import Archives
internal import OpenPGP
internal import Stores
public import TrustModel

extension StoredImages {
  /// The images of `records` with today's verdicts, in the same order; the keys of all are judged together.
  ///
  /// A verdict rests on which key each signature matched by when the image was stored. Its octets are not read:
  /// `verify` does that, and so does whatever hands an image out.
  public func judged(_ records: [ImageRecord], at now: Timestamp) -> [StoredImage] {
    let candidates = records.map { record -> SignerCandidates? in
      signatures(of: record).map { SignerCandidates($0, name: record.name, in: verifier.layers) }
    }
    let holders = candidates.compactMap { $0?.holders }.joined()
    let judgements = KeyJudgements(Array(holders), judge: verifier.judge, at: now)
    return zip(records, candidates).map { record, candidates in
      let verdict = candidates.map { known in
        ImageVerification(wanted(record), known, judgements: judgements, by: verifier, at: now).verdict(
          recordedAs: record.name, record.subject, matched: record.matched)
      }
      return StoredImage(record: record, today: verdict ?? withoutSignatures(record))
    }
  }

  /// Reads an image of the store again, octet by octet: its id, its signatures, and today's keys.
  ///
  /// `each` is given every octet as it was delivered, in order, on the way: nothing of it is vouched for until the
  /// verdict is there. `files` takes the files of the image in the reading that computes its id, once its signer is
  /// established; what it took counts only with the verdict. With `withoutKeys` no signer is asked for, and the verdict
  /// never accepts.
  public func verify(
    _ record: ImageRecord, at now: Timestamp, each: (UnsafeRawBufferPointer) -> Void = { _ in },
    files: (any TarConsumer)? = nil, withoutKeys: Bool = false
  ) -> VerifiedImage {
    let image: ImageFile
    do {
      image = try ImageFile(taking: try store.openImage(record.id, generation: record.generation))
    } catch let error as StoreError {
      return VerifiedImage(undetermined(record, "\(error)"))
    } catch {
      return VerifiedImage(undetermined(record, "the image cannot be read"))
    }
    let verification = ImageVerification(
      wanted(record), signatures: signatures(of: record) ?? [], by: verifier, at: now)
    var digest = verification.digest
    do {
      try unsafe image.forEachChunk { chunk in
        unsafe digest.update(chunk)
        unsafe each(chunk)
      }
    } catch {
      return VerifiedImage(undetermined(record, error.problem))
    }
    guard !record.isUnverified, !withoutKeys else { return unverified(record, image, digest, files) }
    return checked(verification.result(of: image, digest: digest, files: files), record)
  }

  /// An image whose signatures hold must still be the one that its place in the store names.
  private func checked(_ result: VerifiedImage, _ record: ImageRecord) -> VerifiedImage {
    if result.verdict.reason == .tampered { return VerifiedImage(damaged(record)) }
    guard let id = result.id, id != record.id else { return result }
    return VerifiedImage(damaged(record))
  }

  /// Nobody vouches for it; that its octets are still the ones that were stored can be told.
  private func unverified(
    _ record: ImageRecord, _ image: borrowing ImageFile, _ digest: DataDigest, _ files: (any TarConsumer)?
  ) -> VerifiedImage {
    switch ArchiveOutcome(of: image, digest, verifier.limits, files: files) {
    case .read(let archive, let id) where id == record.id:
      VerifiedImage(withoutKeys(record), archive: archive, id: id)
    case .read, .malformed: VerifiedImage(damaged(record))
    case .failed(let cause): VerifiedImage(undetermined(record, cause))
    }
  }

  /// The signature file of an image; nil where it has none, or none that can be read.
  public func signature(of record: ImageRecord) -> [UInt8]? {
    record.signatureGeneration.flatMap { generation in
      try? store.signature(of: record.id, generation: generation, limit: OpenPGPLimits.standard.signatureFileOctets)
    }
  }

  func signatures(of record: ImageRecord) -> [DetachedSignature]? {
    guard !record.isUnverified, let octets = signature(of: record) else { return nil }
    return try? DetachedSignature.readAll(octets)
  }

  func wanted(_ record: ImageRecord) -> WantedImage {
    WantedImage(shown: record.reference.description, reference: record.reference)
  }

  private func withoutSignatures(_ record: ImageRecord) -> Verdict {
    let reference = VisibleText(record.reference.description)
    guard record.isUnverified else {
      return Verdict(
        subject: record.subject, outcome: .refused(.unsigned),
        message: "the signatures of \(reference) are missing from the store; fetch it again")
    }
    return Verdict(
      subject: record.subject, outcome: .refused(.untrusted),
      message: "nobody vouches for \(reference): it was stored on \(record.fetched) with verification switched off; to"
        + " have it verified, remove it and fetch it again: keyreeve image rm \(record.id.short)")
  }

  /// An image that is taken although nobody was asked to vouch for it.
  private func withoutKeys(_ record: ImageRecord) -> Verdict {
    guard !record.isUnverified else { return withoutSignatures(record) }
    return Verdict(
      subject: record.subject, outcome: .refused(.untrusted),
      message: "nobody was asked to vouch for \(VisibleText(record.reference.description)): verification was switched"
        + " off by --insecure-options=image")
  }

  private func damaged(_ record: ImageRecord) -> Verdict {
    Verdict(
      subject: record.subject, outcome: .refused(.tampered),
      message:
        "\(store.place(of: record.id)) no longer holds the image that was stored there: its octets changed; remove"
        + " it and fetch it again: keyreeve image rm \(record.id.short)")
  }

  private func undetermined(_ record: ImageRecord, _ problem: String) -> Verdict {
    Verdict(
      subject: record.subject, outcome: .undetermined,
      message: "\(VisibleText(record.reference.description)) in the store could not be read: \(problem)")
  }
}

extension ImageRecord {
  var subject: Verdict.Subject {
    Verdict.Subject(name: name, labels: labels, digest: id.description, file: reference.description)
  }
}

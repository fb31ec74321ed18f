public import TrustModel

/// What is known of the data that a signature is over.
public enum SignedContent: Sendable {
  /// It was read: its digest decides.
  case read(DataDigest)
  /// It was read before, and the signature matched by the key with this fingerprint: nothing is computed again.
  case matched(by: Fingerprint)
  /// It is not there yet: what the signature would come to if it matched by the key that it names.
  ///
  /// Never enough to accept anything; it tells before a download whether the download can lead anywhere.
  case awaited
}

public import TrustModel

/// What the store knows of an image: where it came from, who signed it, and the verdict that it was taken under.
public struct ImageRecord: Sendable, Equatable {
  /// Where an image came from.
  public struct Origin: Sendable, Equatable {
    /// What was asked for: a name with labels, an address or a file.
    public var asked: String
    /// The address that delivered it; nil for a file.
    public var address: String?
    /// The redirects on the way, in order.
    public var redirects: [String]
    /// The discovery page that named the address.
    public var page: String?

    /// An origin.
    public init(asked: String, address: String? = nil, redirects: [String] = [], page: String? = nil) {
      (self.asked, self.address, self.redirects, self.page) = (asked, address, redirects, page)
    }
  }

  /// The answer at the time, in short.
  public struct Answer: Sendable, Equatable {
    /// Whether it was accepted.
    public var isAccepted: Bool
    /// The reason out of the closed list.
    public var reason: Reason
    /// The sentence.
    public var message: String

    /// An answer.
    public init(isAccepted: Bool, reason: Reason, message: String) {
      (self.isAccepted, self.reason, self.message) = (isAccepted, reason, message)
    }

    /// A verdict in short.
    public init(_ verdict: Verdict) {
      self.init(isAccepted: verdict.isAccepted, reason: verdict.reason, message: verdict.message)
    }
  }

  /// An image that this one stands on, and the one of the store that was found for it.
  public struct Dependency: Sendable, Equatable {
    /// Its name.
    public var name: ImageName
    /// Its id.
    public var id: ImageID

    /// A dependency.
    public init(name: ImageName, id: ImageID) {
      (self.name, self.id) = (name, id)
    }
  }

  /// The image id.
  public var id: ImageID
  /// The name in its manifest.
  public var name: ImageName
  /// The labels in its manifest.
  public var labels: Labels
  /// Octets of the image as it was delivered.
  public var size: Int64
  /// Octets of its archive without compression.
  public var uncompressedSize: Int64
  /// How it is compressed: `none`, `gzip`, `bzip2`, `xz`.
  public var compression: String
  /// Which of its files in the store is the image.
  public var generation: Int
  /// Which of its files in the store holds the signatures; nil for an image taken without them.
  public var signatureGeneration: Int?
  /// SHA-256 of the signature file.
  public var signatureDigest: String?
  /// For each signature, the key whose numbers matched it.
  public var matched: [Fingerprint?]
  /// When the newest matching signature says that it was made.
  public var signed: Timestamp?
  /// When it was stored.
  public var fetched: Timestamp
  /// Where it came from.
  public var origin: Origin
  /// Whether it was taken with verification switched off: this stays, whatever is trusted later.
  public var isUnverified: Bool
  /// Whether a person asked for it, and not only an image that stands on it.
  public var isRequested: Bool
  /// The answer that it was taken under.
  public var answer: Answer
  /// The images that it stands on.
  public var dependencies: [Dependency]

  /// A record.
  public init(
    id: ImageID, name: ImageName, labels: Labels, size: Int64, uncompressedSize: Int64, compression: String,
    generation: Int = 1, signatureGeneration: Int?, signatureDigest: String?, matched: [Fingerprint?],
    signed: Timestamp?, fetched: Timestamp, origin: Origin, isUnverified: Bool, isRequested: Bool, answer: Answer,
    dependencies: [Dependency]
  ) {
    (self.id, self.name, self.labels) = (id, name, labels)
    (self.size, self.uncompressedSize, self.compression) = (size, uncompressedSize, compression)
    (self.generation, self.signatureGeneration, self.signatureDigest) = (
      generation, signatureGeneration, signatureDigest
    )
    (self.matched, self.signed, self.fetched, self.origin) = (matched, signed, fetched, origin)
    (self.isUnverified, self.isRequested, self.answer, self.dependencies) = (
      isUnverified, isRequested, answer, dependencies
    )
  }

  /// Name, version and other labels, as one asks for it.
  public var reference: ImageReference { ImageReference(name: name, labels: labels) }
}

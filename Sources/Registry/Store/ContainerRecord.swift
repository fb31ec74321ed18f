internal import Crypto
public import StrictJSON
public import TrustModel

/// What the store knows of a container image: what was asked for, what came, and the verdict that it was taken under.
public struct ContainerRecord: Sendable, Equatable {
  /// What was asked for, with its tag or digest.
  public var reference: DockerReference
  /// The platform.
  public var platform: ImagePlatform
  /// The digest that was asked for: the signed one, of an index maybe.
  public var signed: ManifestDigest
  /// The manifest of the image.
  public var descriptor: BlobDescriptor
  /// Layers of it.
  public var layers: Int
  /// Octets of all of it.
  public var size: UInt64
  /// The registry's address.
  public var registry: String
  /// When it was stored.
  public var fetched: Timestamp
  /// Whether it was taken with verification switched off, or by a digest that nobody signed: this stays.
  public var isUnverified: Bool
  /// Whether the verdict was a yes.
  public var isAccepted: Bool
  /// Its reason.
  public var reason: Reason
  /// Its sentence.
  public var message: String

  /// A record.
  public init(
    reference: DockerReference, platform: ImagePlatform, signed: ManifestDigest, descriptor: BlobDescriptor,
    layers: Int, size: UInt64, registry: String, fetched: Timestamp, isUnverified: Bool, verdict: Verdict
  ) {
    (self.reference, self.platform, self.signed, self.descriptor) = (reference, platform, signed, descriptor)
    (self.layers, self.size, self.registry, self.fetched) = (layers, size, registry, fetched)
    self.isUnverified = isUnverified
    (isAccepted, reason, message) = (verdict.isAccepted, verdict.reason, verdict.message)
  }

  /// The digest of the manifest.
  public var digest: ManifestDigest { descriptor.digest }

  /// The name of the file that keeps it: one for each reference and platform.
  public var fileName: String {
    let key = Array("\(reference) \(platform)".utf8)
    return (try? ContainerDocument.digest(of: key).hex).map { $0 + ContainerStore.recordEnding } ?? ""
  }

  /// The record as a `keyreeve.container-image/1` document.
  public var document: JSON {
    [
      "schema": "keyreeve.container-image/1", "reference": JSON(reference.description),
      "repository": JSON(reference.repository.name), "tag": JSON(reference.tag?.name),
      "platform": JSON(platform.description), "signedDigest": JSON(signed.description),
      "digest": JSON(digest.description), "mediaType": JSON(descriptor.type), "manifestSize": JSON(descriptor.size),
      "layers": JSON(layers), "size": JSON(size), "registry": JSON(registry), "fetched": JSON(fetched.description),
      "unverified": .bool(isUnverified),
      "verdict": ["accepted": .bool(isAccepted), "reason": JSON(reason.rawValue), "message": JSON(message)],
    ]
  }

  /// Reads a record; nil where a member is missing, of another kind, or out of its range.
  init?(octets: [UInt8]) {
    guard let json = try? JSON.parse(octets), json["schema"]?.string == "keyreeve.container-image/1" else { return nil }
    func text(_ name: JSONString) -> String? { json[name]?.string?.text }
    guard let reference = text("reference").flatMap({ try? DockerReference($0) }),
      let platform = text("platform").flatMap({ try? ImagePlatform($0) }),
      let signed = text("signedDigest").flatMap({ try? ManifestDigest($0) }),
      let digest = text("digest").flatMap({ try? ManifestDigest($0) }), let type = text("mediaType"),
      let manifestSize = json["manifestSize"]?.integer, let layers = json["layers"]?.integer,
      let size = json["size"]?.integer, min(manifestSize, layers, size) >= 0, let registry = text("registry"),
      let fetched = text("fetched").flatMap({ Timestamp(rfc3339: $0) }),
      let isUnverified = json["unverified"]?.boolean, let isAccepted = json["verdict"]?["accepted"]?.boolean,
      let reason = json["verdict"]?["reason"]?.string.flatMap({ Reason(rawValue: $0.text) }),
      let message = json["verdict"]?["message"]?.string?.text
    else { return nil }
    (self.reference, self.platform, self.signed, self.registry) = (reference, platform, signed, registry)
    descriptor = BlobDescriptor(type: type, digest: digest, size: UInt64(manifestSize))
    (self.layers, self.size, self.fetched) = (Int(layers), UInt64(size), fetched)
    (self.isUnverified, self.isAccepted, self.reason, self.message) = (isUnverified, isAccepted, reason, message)
  }

  /// What can be said of it today without asking anybody: the verdict then, or that nobody vouches for it.
  public var verdict: Verdict {
    var subject = Verdict.Subject(reference.repository, tag: reference.tag?.name ?? reference.digest?.description ?? "")
    subject.digest = signed.description
    guard !isUnverified else {
      return Verdict(
        subject: subject, outcome: .refused(.untrusted),
        message:
          "nobody vouches for \(reference): it was stored on \(fetched) without verification; to have it verified, "
          + "remove it and fetch its tag: keyreeve image rm docker://\(reference)")
    }
    return Verdict(
      subject: subject, outcome: .accepted,
      message:
        "\(reference) is \(signed) as signed when it was fetched on \(fetched); keyreeve content lookup asks for the tag of today"
    )
  }
}

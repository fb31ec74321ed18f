public import StrictJSON
internal import TrustModel

extension ImageRecord {
  /// The record as a `keyreeve.image/1` document.
  public var document: JSON {
    [
      "schema": "keyreeve.image/1", "id": JSON(id.description), "name": JSON(name.description),
      "labels": labels.document, "size": JSON(size), "uncompressedSize": JSON(uncompressedSize),
      "compression": JSON(compression), "generation": JSON(generation),
      "signatureGeneration": JSON(signatureGeneration), "signatureDigest": JSON(signatureDigest),
      "matched": .array(matched.map { JSON($0?.description) }), "signed": JSON(signed?.description),
      "fetched": JSON(fetched.description),
      "origin": [
        "asked": JSON(origin.asked), "address": JSON(origin.address), "redirects": JSON(origin.redirects),
        "page": JSON(origin.page),
      ],
      "unverified": .bool(isUnverified), "requested": .bool(isRequested),
      "verdict": [
        "accepted": .bool(answer.isAccepted), "reason": JSON(answer.reason.rawValue), "message": JSON(answer.message),
      ],
      "dependencies": .array(
        dependencies.map { ["name": JSON($0.name.description), "id": JSON($0.id.description)] }),
    ]
  }

  /// Reads a record; nil where a member is missing, of another kind, or out of its range.
  public init?(_ json: JSON) {
    guard json["schema"]?.text == "keyreeve.image/1",
      let id = json["id"]?.text.flatMap({ ImageID($0) }),
      let name = json["name"]?.text.flatMap({ try? ImageName($0) }),
      let labels = json["labels"]?.members.flatMap({ Labels(members: $0) }),
      let size = json["size"]?.integer, let uncompressed = json["uncompressedSize"]?.integer,
      let compression = json["compression"]?.text, let generation = json["generation"].flatMap(Self.generation),
      let matched = json["matched"]?.array, let fetched = json["fetched"]?.time,
      let origin = json["origin"].flatMap({ Origin($0) }), let isUnverified = json["unverified"]?.boolean,
      let isRequested = json["requested"]?.boolean, let answer = json["verdict"].flatMap({ Answer($0) }),
      let dependencies = json["dependencies"]?.array
    else { return nil }
    let stands = dependencies.compactMap { Dependency($0) }
    guard stands.count == dependencies.count, size >= 0, uncompressed >= 0 else { return nil }
    self.init(
      id: id, name: name, labels: labels, size: size, uncompressedSize: uncompressed, compression: compression,
      generation: generation, signatureGeneration: json["signatureGeneration"].flatMap(Self.generation),
      signatureDigest: json["signatureDigest"]?.text,
      matched: matched.map { $0.text.flatMap { Fingerprint(fileName: $0) } }, signed: json["signed"]?.time,
      fetched: fetched, origin: origin, isUnverified: isUnverified, isRequested: isRequested, answer: answer,
      dependencies: stands)
  }

  /// A number that becomes part of a file's name.
  private static func generation(_ json: JSON) -> Int? {
    json.integer.flatMap { (1...999_999_999).contains($0) ? Int($0) : nil }
  }
}

extension ImageRecord.Origin {
  fileprivate init?(_ json: JSON) {
    guard let asked = json["asked"]?.text, let redirects = json["redirects"]?.array else { return nil }
    self.init(
      asked: asked, address: json["address"]?.text, redirects: redirects.compactMap(\.text),
      page: json["page"]?.text)
  }
}

extension ImageRecord.Answer {
  fileprivate init?(_ json: JSON) {
    guard let isAccepted = json["accepted"]?.boolean, let reason = json["reason"]?.text.flatMap(Reason.init),
      let message = json["message"]?.text
    else { return nil }
    self.init(isAccepted: isAccepted, reason: reason, message: message)
  }
}

extension ImageRecord.Dependency {
  fileprivate init?(_ json: JSON) {
    guard let name = json["name"]?.text.flatMap({ try? ImageName($0) }),
      let id = json["id"]?.text.flatMap({ ImageID($0) })
    else { return nil }
    self.init(name: name, id: id)
  }
}

extension Labels {
  fileprivate init?(members: [JSON.Member]) {
    self.init()
    for member in members {
      guard let value = member.value.text, (try? add(member.name.text, value)) != nil else {
        return nil
      }
    }
  }
}

extension JSON {
  fileprivate var time: Timestamp? { text.flatMap { Timestamp(rfc3339: $0) } }
}

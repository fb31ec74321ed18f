internal import ContentTrust
internal import SignedMetadata
internal import Stores
internal import StrictJSON
internal import TrustModel

extension SigningKeyRecord {
  /// A row of `keyreeve.content-keys/1`.
  var document: JSON {
    [
      "file": JSON(file), "id": JSON(id?.description), "nameID": JSON(name.id?.description),
      "confirmation": JSON(confirmation.rawValue), "role": JSON(role), "repository": JSON(repository),
      "form": JSON(contents?.form.word), "algorithm": JSON(algorithm), "protection": contents?.document ?? .null,
      "mode": JSON(status.octalMode), "oldLayout": .bool(name.isOld), "uses": .array(uses.map(\.document)),
      "problem": JSON(problem),
    ]
  }
}

extension SigningKeyFile {
  /// What keeps others from using it, with numbers.
  fileprivate var document: JSON {
    guard case .passphrase(let derivation, let cipher) = protection else {
      return [
        "kind": "none", "derivation": .null, "rounds": .null, "cipher": .null, "strength": "none",
        "description": JSON(protection.description), "readByDocker": .bool(obstacleToDocker == nil),
      ]
    }
    return [
      "kind": "passphrase", "derivation": JSON(derivation.word), "rounds": JSON(derivation.rounds),
      "cipher": JSON(cipher), "strength": JSON(protection.strength?.rawValue),
      "description": JSON(protection.description), "readByDocker": .bool(obstacleToDocker == nil),
    ]
  }
}

extension SigningKeyFile.Form {
  /// The word in documents and text.
  var word: String {
    switch self {
    case .pkcs8: "pkcs8"
    case .encryptedPKCS8: "encrypted-pkcs8"
    case .sec1: "sec1"
    case .pkcs1: "pkcs1"
    case .ed25519: "ed25519"
    }
  }
}

extension KeyDerivation {
  /// The word in documents.
  fileprivate var word: String {
    switch self {
    case .pbkdf2(let hash, _, _): "pbkdf2-\(hash.rawValue)"
    case .scrypt: "scrypt"
    case .md5Once: "md5"
    case .other: "other"
    }
  }

  /// How often its function is computed; nil where it does not say so.
  fileprivate var rounds: Int? {
    switch self {
    case .pbkdf2(_, let rounds, _): rounds
    case .md5Once: 1
    case .scrypt, .other: nil
    }
  }
}

extension KeyUse {
  /// The identifier in metadata beside that of the file, as in `keyreeve.content/1`.
  var document: JSON {
    [
      "repository": JSON(repository.name), "role": JSON(role.description), "id": JSON(key.id.description),
      "file": JSON(fileID.description), "algorithm": JSON(key.material.algorithm),
      "certificateExpires": JSON(certificateExpires?.description),
    ]
  }
}

extension MissingKey {
  /// A row of `keyreeve.content-keys/1`.
  func document(_ folder: String) -> JSON {
    [
      "repository": JSON(use.repository.name), "role": JSON(use.role.description), "id": JSON(use.key.id.description),
      "file": JSON(use.fileID.description), "algorithm": JSON(use.key.material.algorithm),
      "certificateExpires": JSON(use.certificateExpires?.description), "holder": JSON(holder.rawValue),
      "folder": JSON(folder),
    ]
  }
}

extension SigningKeyFinding {
  /// A row of `keyreeve.content-keys/1`.
  var document: JSON {
    [
      "id": JSON(id), "severity": JSON(severity.rawValue), "key": JSON(key?.description), "file": JSON(file),
      "message": JSON(message), "fix": fix.map { JSON($0) } ?? .null,
    ]
  }
}

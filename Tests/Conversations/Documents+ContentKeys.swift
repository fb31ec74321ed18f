extension Documents {
  private static let use: [String: JSONShape] = [
    "repository": .text, "role": .text, "id": .text, "file": .text, "algorithm": .text,
    "certificateExpires": .optional(.time),
  ]
  private static let protection = JSONShape.object([
    "kind": .word(["none", "passphrase"]), "derivation": .optional(.text), "rounds": .optional(.integer),
    "cipher": .optional(.text), "strength": .word(["none", "weak", "fair", "strong", "unknown"]),
    "description": .text, "readByDocker": .boolean,
  ])
  private static let key = JSONShape.object([
    "file": .path, "id": .optional(.text), "nameID": .optional(.text),
    "confirmation": .word(["confirmed", "unconfirmed", "contradicted"]), "role": .optional(.text),
    "repository": .optional(.text),
    "form": .optional(.word(["pkcs8", "encrypted-pkcs8", "sec1", "pkcs1", "ed25519"])), "algorithm": .optional(.text),
    "protection": .optional(protection), "mode": .text, "oldLayout": .boolean, "uses": .list(.object(use)),
    "problem": .optional(.text),
  ])
  /// The document of `content key list`.
  static let contentKeys = JSONShape.object([
    "schema": .text, "folders": .list(.path), "keys": .list(key),
    "missing": .list(
      .object(use.merging(["holder": .word(["server", "elsewhere"]), "folder": .path]) { $1 })),
    "findings": .list(
      .object([
        "id": .text, "severity": .word(["note", "warning", "error"]), "key": .optional(.text), "file": .path,
        "message": .text, "fix": .optional(.list(.text)),
      ])),
  ])
  /// The document of every command that changes signing keys.
  static let contentKeyChange = JSONShape.object([
    "schema": .text, "verb": .word(["generate", "import", "export", "passwd", "remove"]), "dryRun": .boolean,
    "applied": .boolean,
    "keys": .list(
      .object([
        "id": .optional(.text), "action": .word(["added", "kept", "replaced", "removed", "exported"]),
        "role": .optional(.text), "repository": .optional(.text), "algorithm": .optional(.text),
        "file": .optional(.path),
        "copy": .optional(.text), "notes": .list(.text),
      ])), "notes": .list(.text),
  ])
}

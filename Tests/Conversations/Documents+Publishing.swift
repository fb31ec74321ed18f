/// The documents of the commands that make, sign, publish and check images.
extension Documents {
  static let keygen = JSONShape.object([
    "schema": .text, "dryRun": .boolean,
    "keys": .list(
      .object([
        "fingerprint": .optional(.fingerprint), "type": .optional(.text), "size": .optional(.text),
        "name": .optional(.text), "email": .optional(.text), "comment": .optional(.text), "expires": .optional(.text),
        "keyring": .optional(.text),
      ])),
  ])
  static let publicKeys = JSONShape.object([
    "schema": .text, "fingerprints": .list(.fingerprint), "file": .optional(.text), "text": .optional(.text),
  ])
  static let signatures = JSONShape.object([
    "schema": .text,
    "signatures": .list(
      .object([
        "file": .text, "signature": .text, "fingerprint": .optional(.fingerprint),
        "primaryFingerprint": .optional(.fingerprint), "algorithm": .optional(.text), "hash": .text,
        "created": .optional(.time),
      ])),
  ])
  static let build = JSONShape.object([
    "schema": .text, "file": .text, "id": .text, "name": .text, "labels": .names(.text), "entries": .integer,
    "uncompressedSize": .integer, "compression": .word(["none", "gzip", "xz"]), "notes": .list(.text),
  ])
  static let publication = JSONShape.object([
    "schema": .text, "site": .text, "name": .text, "dryRun": .boolean, "page": .text, "pageAddress": .text,
    "keysAddress": .text, "listed": .integer, "keys": .list(.fingerprint), "notes": .list(.text),
    "images": .list(
      .object([
        "path": .text, "name": .text, "file": .text, "labels": .names(.text),
        "action": .word(["added", "unchanged", "resigned", "replaced"]),
      ])),
  ])
  static let siteCheck = JSONShape.object([
    "schema": .text, "site": .text, "name": .optional(.text), "reason": .word(["accepted", "findings"]),
    "findings": .integer,
    "steps": .list(
      .object([
        "step": .word(["page", "tag", "keys", "key", "list", "image", "signature"]), "subject": .text,
        "outcome": .word(["ok", "note", "warning", "error"]), "message": .text,
      ])),
  ])
}

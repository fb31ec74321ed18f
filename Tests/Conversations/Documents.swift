import StrictJSON

/// The documents of CONTRACT, "The verdict", and of the commands that it leaves free.
///
/// Members that CONTRACT does not name were added to it, as it allows; a member that is in neither list is a fault.
enum Documents {
  /// The shape of each document by its schema.
  static let shapes: [String: JSONShape] = [
    "keyreeve.verdict/1": verdict, "keyreeve.keys/1": keys, "keyreeve.explanation/1": explanation,
    "keyreeve.audit/1": audit, "keyreeve.ignored/1": ignored, "keyreeve.log/1": log, "keyreeve.key/1": key,
    "keyreeve.change/1": change,
    "keyreeve.error/1": error, "keyreeve.config/1": config, "keyreeve.discovery/1": discovery,
    "keyreeve.images/1": images, "keyreeve.container-image/1": container, "keyreeve.image/1": image,
    "keyreeve.image-removal/1": imageRemoval, "keyreeve.image-cleaning/1": imageCleaning, "keyreeve.export/1": export,
    "keyreeve.layout-export/1": layoutExport,
    "keyreeve.backup/1": backup, "keyreeve.restore/1": restore, "keyreeve.content-keys/1": contentKeys,
    "keyreeve.content-key-change/1": contentKeyChange, "keyreeve.docker-check/1": dockerCheck,
    "keyreeve.keygen/1": keygen, "keyreeve.public-keys/1": publicKeys, "keyreeve.signatures/1": signatures,
    "keyreeve.build/1": build, "keyreeve.site-publication/1": publication, "keyreeve.site-check/1": siteCheck,
  ]

  /// The shape of a document; some commands have a form of their own of a schema.
  static func shape(of document: JSON, _ schema: String) -> JSONShape? {
    switch schema {
    case "keyreeve.change/1" where document["verb"] == nil: nothing
    case "keyreeve.explanation/1" where document["steps"] != nil: traced
    case "keyreeve.audit/1" where document["findings"]?.array?.first?["ignored"] != nil: wholeAudit
    case "keyreeve.verdict/1" where document["stored"] != nil: fetched
    case "keyreeve.verdict/1" where document["unverified"] != nil: unchecked
    case "keyreeve.image/1" where document["today"] == nil: .object(record)
    default: shapes[schema]
    }
  }

  /// The exit status for each reason.
  ///
  /// Source: CONTRACT, "Exit codes".
  static let statuses: [String: Int32] = [
    "accepted": 0, "failed": 1, "usage": 2, "declined": 3, "findings": 4, "unsigned": 10, "not-found": 11,
    "untrusted": 12, "disabled": 13, "unfit": 14, "tampered": 15, "stale": 16, "mismatch": 17, "malformed": 18,
  ]

  private static let reason = JSONShape.word(statuses.keys.sorted())
  private static let layer = JSONShape.word(["distribution", "administrator"])
  private static let status = JSONShape.word(
    ["trusted", "disabled", "overridden", "mask", "expired", "revoked", "weak", "invalid"])

  private static let keys = JSONShape.object(["schema": .text, "keys": .list(file)])
  private static let file = JSONShape.object([
    "fingerprint": .optional(.fingerprint), "userIDs": .list(.text), "algorithm": .optional(.text),
    "bits": .optional(.integer), "created": .optional(.time), "expires": .optional(.time), "layer": layer,
    "scope": .text, "file": .path, "status": status, "by": .optional(.path), "problem": .optional(.text),
  ])

  private static let considered = JSONShape.object([
    "fingerprint": .optional(.fingerprint), "file": .path, "layer": layer, "scope": .text, "status": status,
    "by": .optional(.path), "detail": .optional(.text),
  ])
  private static let signature = JSONShape.object([
    "status": .text, "fingerprint": .optional(.fingerprint), "primaryFingerprint": .optional(.fingerprint),
    "keyID": .optional(.text), "algorithm": .optional(.text), "hash": .text, "created": .optional(.time),
    "userIDs": .list(.text), "detail": .optional(.text),
  ])
  private static let verdict = JSONShape.object(verdictMembers)
  private static let dockerCheck = JSONShape.object([
    "schema": .text, "accepted": .boolean, "reason": reason,
    "files": .list(
      .object([
        "file": .text, "type": .word(["dockerfile", "compose"]), "reason": reason, "problem": .optional(.text),
        "images": .list(
          .object([
            "file": .text, "line": .optional(.integer), "column": .optional(.integer), "service": .optional(.text),
            "kind": .word(["base", "copied", "mounted", "frontend", "service", "context"]), "written": .text,
            "meaning": .word(["image", "scratch", "stage", "context", "unknown"]), "reference": .optional(.text),
            "stage": .optional(.integer), "platform": .optional(.text), "needed": .boolean,
            "verdict": .optional(verdict),
          ])),
        "gaps": .list(.object(["file": .text, "line": .integer, "message": .text])), "notes": .list(.text),
      ])),
  ])
  private static let unchecked = JSONShape.object(verdictMembers.merging(["unverified": .boolean]) { $1 })
  private static let fetched = JSONShape.object(
    verdictMembers.merging([
      "id": .optional(.text), "stored": .boolean, "downloaded": .boolean, "unverified": .boolean,
      "image": .optional(.object(record)),
    ]) { $1 })
  private static let verdictMembers: [String: JSONShape] = [
    "schema": .text,
    "subject": .object([
      "name": .optional(.text), "labels": .names(.text), "digest": .optional(.text), "file": .optional(.text),
    ]),
    "accepted": .boolean, "reason": reason, "message": .text, "signatures": .list(signature),
    "considered": .list(considered), "notes": .list(.text),
  ]
  private static let record: [String: JSONShape] = [
    "schema": .text, "id": .text, "name": .text, "labels": .names(.text), "size": .integer,
    "uncompressedSize": .integer, "compression": .word(["none", "gzip", "bzip2", "xz"]), "generation": .integer,
    "signatureGeneration": .optional(.integer), "signatureDigest": .optional(.text),
    "matched": .list(.optional(.fingerprint)), "signed": .optional(.time), "fetched": .time,
    "origin": .object([
      "asked": .text, "address": .optional(.text), "redirects": .list(.text), "page": .optional(.text),
    ]),
    "unverified": .boolean, "requested": .boolean,
    "verdict": .object(["accepted": .boolean, "reason": reason, "message": .text]),
    "dependencies": .list(.object(["name": .text, "id": .text])),
  ]
  private static let image = JSONShape.object(record.merging(["today": verdict]) { $1 })
  private static let images = JSONShape.object([
    "schema": .text, "images": .list(image), "problems": .list(.text), "containers": .list(container),
  ])
  private static let container = JSONShape.object([
    "schema": .text, "reference": .text, "repository": .text, "tag": .optional(.text), "platform": .text,
    "signedDigest": .text, "digest": .text, "mediaType": .text, "manifestSize": .integer, "layers": .integer,
    "size": .integer, "registry": .text, "fetched": .time, "unverified": .boolean,
    "verdict": .object(["accepted": .boolean, "reason": reason, "message": .text]),
  ])
  private static let imageRemoval = JSONShape.object(["schema": .text, "dryRun": .boolean, "removed": .list(.text)])
  private static let imageCleaning = JSONShape.object([
    "schema": .text, "dryRun": .boolean, "images": .list(.text), "downloads": .integer, "leftovers": .integer,
    "blobs": .integer, "runs": .integer,
  ])
  private static let export = JSONShape.object([
    "schema": .text, "file": .text, "id": .text, "signature": .optional(.text), "accepted": .boolean,
  ])
  private static let layoutExport = JSONShape.object([
    "schema": .text, "directory": .text, "tag": .text, "digest": .text, "signature": .optional(.text), "id": .text,
    "accepted": .boolean, "notCarriedOver": .list(.text),
  ])
  private static let explanation = JSONShape.object([
    "schema": .text, "name": .text, "accepts": .list(considered), "refuses": .list(considered), "notes": .list(.text),
  ])
  private static let traced = JSONShape.object([
    "schema": .text, "name": .text, "accepts": .list(considered), "refuses": .list(considered), "notes": .list(.text),
    "steps": .list(
      .object([
        "layer": .text, "scope": .text, "count": .integer,
        "files": .list(
          .object([
            "effect": .word(["adds", "replaces", "masks", "hides", "nothing"]), "fingerprint": .optional(.fingerprint),
            "file": .path, "detail": .optional(.text),
          ])),
      ])),
  ])
  private static let finding: [String: JSONShape] = [
    "id": .text, "severity": .word(["note", "warning", "error"]), "file": .optional(.path),
    "fingerprint": .optional(.fingerprint), "message": .text, "fix": .optional(.list(.text)),
  ]
  private static let audit = JSONShape.object(["schema": .text, "findings": .list(.object(finding))])
  private static let decision = JSONShape.optional(.object(["reason": .text, "by": .text, "when": .time]))
  private static let wholeAudit = JSONShape.object([
    "schema": .text, "findings": .list(.object(finding.merging(["ignored": decision]) { $1 })),
  ])
  private static let ignored = JSONShape.object([
    "schema": .text, "id": .text, "file": .path, "ignored": .boolean,
  ])

  private static let edit = JSONShape.object(["file": .path, "before": .optional(.text), "after": .optional(.text)])
  private static let retirement = JSONShape.object([
    "fingerprint": .fingerprint, "scope": .text, "file": .path, "due": .time, "successor": .fingerprint,
  ])
  private static let parts = JSONShape.object([
    "added": .list(.text), "missing": .list(.text), "revoked": .list(.text), "restored": .list(.text),
  ])
  private static let difference = JSONShape.object([
    "fingerprint": .fingerprint, "changes": .list(.text), "losses": .list(.text), "revokes": .boolean,
    "expires": .object(["before": .optional(.time), "after": .optional(.time)]), "subkeys": parts, "userIDs": parts,
  ])
  private static let certification = JSONShape.object([
    "outcome": .word(["none", "good", "bad"]), "made": .optional(.time), "problem": .optional(.text),
  ])
  private static let log = JSONShape.object([
    "schema": .text, "problems": .list(.text),
    "entries": .list(
      .object([
        "id": .integer, "verb": .text, "summary": .text, "when": .time, "reason": .optional(.text), "outcome": .text,
        "who": .object(["uid": .integer, "user": .optional(.text), "sudo": .optional(.text)]),
        "undoes": .optional(.integer), "undoneBy": .optional(.integer), "undo": .optional(.list(.text)),
        "retires": .optional(retirement),
        "edits": .list(edit),
        "lasting": .optional(
          .object([
            "key": .text, "role": .optional(.text), "repository": .optional(.text), "file": .optional(.path),
            "back": .text,
          ])),
      ])),
  ])
  private static let config = JSONShape.object([
    "schema": .text, "files": .list(.path), "unreadable": .list(.path),
    "values": .list(
      .object([
        "section": .text, "key": .text, "value": .text, "secret": .boolean,
        "source": .word(["file", "environment", "default"]), "file": .optional(.path), "line": .optional(.integer),
        "variable": .optional(.text),
      ])),
  ])
  private static let discovery = JSONShape.object([
    "schema": .text, "name": .text, "reason": reason, "hindrance": .optional(.text),
    "steps": .list(
      .object([
        "address": .text, "redirects": .list(.text), "answer": .word(["page", "status", "failed"]),
        "status": .optional(.integer), "octets": .optional(.integer), "problem": .optional(.text),
        "tags": .list(
          .object([
            "kind": .word(["ac-discovery", "ac-discovery-pubkeys"]), "prefix": .text, "template": .text,
            "counts": .boolean, "problem": .optional(.text),
          ])),
        "warnings": .list(.text),
      ])),
    "images": .list(.object(["image": .text, "signature": .text, "page": .text, "prefix": .text])),
    "keys": .list(.object(["address": .text, "page": .text, "prefix": .text])),
  ])
  private static let subkey = JSONShape.object([
    "fingerprint": .fingerprint, "algorithm": .text, "created": .time, "expires": .optional(.time),
    "canSign": .boolean, "revoked": .boolean, "expired": .boolean, "bound": .boolean,
  ])
  private static let key = JSONShape.object([
    "schema": .text,
    "keys": .list(
      .object([
        "fingerprint": .fingerprint, "userIDs": .list(.text), "algorithm": .optional(.text),
        "bits": .optional(.integer), "created": .optional(.time), "expires": .optional(.time),
        "status": .optional(status), "problem": .optional(.text), "revocationReason": .optional(.text),
        "subkeys": .list(subkey), "remarks": .list(.text), "places": .list(file),
      ])),
  ])

  /// What every answer of a changing command has.
  private static let outcome: [String: JSONShape] = [
    "schema": .text, "applied": .boolean, "dryRun": .boolean, "message": .text, "id": .optional(.integer),
    "edits": .list(edit),
  ]
  /// Where something is to be changed; a command that finds nothing to do answers with `nothing`.
  private static let change = JSONShape.object(
    outcome.merging([
      "verb": .text, "warnings": .list(.text), "undo": .optional(.list(.text)),
      "effects": .list(.object(["scope": .text, "acceptedBefore": .integer, "acceptedAfter": .integer])),
      "retires": .optional(retirement),
      "images": .list(.object(["id": .text, "image": .text, "accepted": .boolean])),
      "notes": .list(.text), "differences": .list(difference), "certification": .optional(certification),
    ]) { $1 })
  private static let nothing = JSONShape.object(outcome)
  private static let store = JSONShape.word(["trusted-keys", "content-trust", "configuration"])
  private static let backup = JSONShape.object([
    "schema": .text, "file": .text, "program": .text, "created": .time, "host": .text, "digest": .text,
    "stores": .list(.object(["name": store, "directory": .path, "files": .integer, "octets": .integer])),
    "files": .list(.object(["store": store, "path": .text, "size": .integer, "digest": .text])),
    "problems": .list(.object(["store": store, "path": .text, "problem": .text])),
    "differences": .list(
      .object([
        "file": .path, "difference": .word(["different", "only-in-backup", "only-here", "obstructed"]),
      ])),
    "keys": .list(
      .object([
        "path": .text, "role": .text, "outcome": .word(["opens", "not-tried", "fails"]), "words": .optional(.text),
      ])), "warnings": .list(.text),
  ])
  private static let restore = JSONShape.object([
    "schema": .text, "file": .text, "applied": .boolean, "dryRun": .boolean, "message": .text,
    "changes": .list(change), "failures": .list(.object(["message": .text, "reason": reason])),
    "files": .list(
      .object([
        "file": .path, "action": .word(["add", "replace", "leave", "extra", "skip", "refuse"]), "words": .text,
      ])),
  ])
  private static let error = JSONShape.object(["schema": .text, "reason": reason, "message": .text])
}

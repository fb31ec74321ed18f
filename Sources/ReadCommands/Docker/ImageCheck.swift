internal import BuildFiles
internal import StrictJSON
internal import TrustModel
internal import TrustVerify

/// What became of every image of some files.
struct ImageCheck {
  let files: [CheckedFile]

  /// Of several reasons, the one that a fix would have to address first.
  ///
  /// Source: CONTRACT, "Exit codes".
  private static let order: [Reason] = [
    .tampered, .malformed, .mismatch, .unfit, .disabled, .untrusted, .stale, .unsigned, .notFound, .usage, .declined,
    .failed,
  ]

  /// The worst of all answers.
  var reason: Reason { Self.worst(files.map(\.reason)) }

  fileprivate static func worst(_ reasons: [Reason]) -> Reason { order.first(where: reasons.contains) ?? .accepted }

  /// The whole as a `keyreeve.docker-check/1` document.
  var document: JSON {
    [
      "schema": "keyreeve.docker-check/1", "accepted": .bool(reason == .accepted), "reason": JSON(reason.rawValue),
      "files": .array(files.map(\.document)),
    ]
  }
}

extension CheckedFile {
  /// The worst answer to what it names.
  var reason: Reason {
    let gap: [Reason] = gaps.isEmpty ? [] : [.failed]
    return ImageCheck.worst([problem?.reason ?? .accepted] + gap + rows.compactMap { $0.verdict?.reason })
  }

  /// What cannot be seen in such a file.
  var notes: [String] {
    var notes: [String] = []
    let needed = rows.map(\.mention).filter(\.isNeeded)
    if needed.contains(where: { $0.kind == .base && $0.reference != nil }) {
      notes.append("what base images make a build do (ONBUILD) stands in them, and is not seen here")
    }
    let known = ["docker.io/docker/dockerfile", "docker.io/docker/dockerfile-upstream"]
    for frontend in needed where frontend.kind == .frontend {
      if let name = frontend.reference?.repository.name, !known.contains(name) {
        notes.append("\(name) reads the file by rules of its own: it may build on other images than those named here")
      }
    }
    let built = Set(rows.filter { $0.mention.kind == .base }.map(\.service))
    for row in rows where row.mention.kind == .service && row.service != nil && built.contains(row.service) {
      guard let verdict = row.verdict, !verdict.isAccepted else { continue }
      notes.append(
        "service \(VisibleText(row.service ?? "")) is built, but compose asks the registry for its image first: pull_policy: build keeps it from that"
      )
    }
    return notes
  }

  fileprivate var document: JSON {
    [
      "file": JSON(path), "type": JSON(type.rawValue), "reason": JSON(reason.rawValue),
      "problem": JSON(problem?.description), "images": .array(rows.map(\.document)),
      "gaps": .array(
        gaps.map { ["file": JSON($0.file), "line": JSON($0.line), "message": JSON($0.message)] }),
      "notes": JSON(notes),
    ]
  }
}

extension CheckedFile.Row {
  fileprivate var document: JSON {
    [
      "file": JSON(file), "line": JSON(mention.place?.line), "column": JSON(mention.place?.column),
      "service": JSON(service), "kind": JSON(mention.kind.rawValue), "written": JSON(mention.written),
      "meaning": JSON(mention.meaning.word), "reference": JSON(mention.reference?.description),
      "stage": JSON(mention.stage), "platform": JSON(mention.platform), "needed": .bool(mention.isNeeded),
      "verdict": verdict?.document ?? .null,
    ]
  }
}

extension ImageMention.Meaning {
  /// One word for documents.
  var word: String {
    switch self {
    case .image: "image"
    case .scratch: "scratch"
    case .stage: "stage"
    case .context: "context"
    case .unknown: "unknown"
    }
  }
}

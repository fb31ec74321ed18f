internal import StrictJSON

extension ImageManifest {
  /// The most elements of a list of which each is looked at by itself.
  static let findingListLimit = 64

  /// Every rule that a manifest breaks, one sentence each, for whoever writes one; none for a manifest that `parse` takes.
  ///
  /// Field by field, and in lists element by element: what is wrong with one hides nothing of the others. A document
  /// that is no JSON has the one finding that it is none.
  public static func findings(in bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) -> [String] {
    do throws(ArchiveError) {
      _ = try parse(bytes, limits: limits)
      return []
    } catch {
      let first = "\(error)"
      guard bytes.count <= limits.manifest, let members = try? json(bytes, limits: limits).members else {
        return [first]
      }
      let found = ManifestProbe.findings(in: members)
      return found.isEmpty ? [first] : found
    }
  }
}

/// Looks at the parts of a broken manifest one at a time: each is put into a manifest that is otherwise right.
private struct ManifestProbe {
  private static let manifest: [JSON.Member] = [
    .init("acKind", "ImageManifest"), .init("acVersion", "0.8.11"), .init("name", "example.com/name"),
  ]
  private static let app: [JSON.Member] = [.init("user", "0"), .init("group", "0")]

  static func findings(in members: [JSON.Member]) -> [String] {
    var found: [String] = []
    for required in manifest where !members.contains(where: { $0.name == required.name }) {
      found += failure(manifest.filter { $0.name != required.name })
    }
    for member in members {
      if member.name == "app", let parts = member.value.members {
        found += findings(inApp: parts)
      } else {
        found += findings(in: member) { replaced(manifest, $0) }
      }
    }
    return found
  }

  private static func findings(inApp members: [JSON.Member]) -> [String] {
    func whole(_ app: [JSON.Member]) -> [JSON.Member] { manifest + [.init("app", .object(app))] }
    var found: [String] = []
    for required in app where !members.contains(where: { $0.name == required.name }) {
      found += failure(whole(app.filter { $0.name != required.name }))
    }
    for member in members { found += findings(in: member) { whole(replaced(app, $0)) } }
    return found
  }

  /// What is wrong with one field, `within` everything else that a manifest needs.
  private static func findings(in member: JSON.Member, _ within: (JSON.Member) -> [JSON.Member]) -> [String] {
    guard let elements = member.value.array, elements.count <= ImageManifest.findingListLimit else {
      return failure(within(member))
    }
    var sound: [JSON] = []
    var found: [String] = []
    for (index, element) in elements.enumerated() {
      let wrong = failure(within(.init(member.name, .array(sound + [element]))))
      if wrong.isEmpty { sound.append(element) }
      // The elements before it that were left out count in its place.
      found += wrong.map {
        $0.replacing("\(member.name.text)[\(sound.count)]", with: "\(member.name.text)[\(index)]", maxReplacements: 1)
      }
    }
    return found
  }

  private static func replaced(_ base: [JSON.Member], _ member: JSON.Member) -> [JSON.Member] {
    base.filter { $0.name != member.name } + [member]
  }

  private static func failure(_ members: [JSON.Member]) -> [String] {
    do throws(ArchiveError) {
      _ = try ImageManifest(JSON.object(members))
      return []
    } catch {
      return ["\(error)"]
    }
  }
}

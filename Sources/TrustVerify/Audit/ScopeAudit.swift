internal import OpenPGP
internal import Stores
internal import TrustModel

/// Findings about what a key is trusted for: more than it was ever used for, or less than rkt would take it for.
struct ScopeAudit {
  let keys: AuditedKeys
  let images: [ImageRecord]
  let sysroot: Sysroot

  /// How many images a key must have vouched for before that says anything about its use.
  static let fewest = 2

  var findings: [Finding] { wide + byText }

  // MARK: Trusted for more than it was used for

  /// Keys in the root scope whose images in the store all lie below one prefix.
  private var wide: [Finding] {
    var names: [Fingerprint: [ImageName]] = [:]
    for image in images where image.answer.isAccepted {
      for fingerprint in Set(image.matched.compactMap(\.self)) { names[fingerprint, default: []].append(image.name) }
    }
    return keys.trusted.compactMap { key, _ in
      guard key.file.scope == .root, let fingerprint = key.file.fingerprint, let used = names[fingerprint],
        used.count >= Self.fewest, let prefix = Self.common(used)
      else { return nil }
      return Finding(
        id: "wide-scope", severity: .note, file: key.file.path, fingerprint: fingerprint,
        message: "\(VisibleText(key.file.path)) is trusted for every name, but all \(used.count) images here that it"
          + " vouches for are below \(prefix): keyreeve trust --prefix \(prefix) would be enough, then"
          + " keyreeve \(key.file.layer == .administrator ? "remove" : "disable") \(fingerprint) --root")
    }
  }

  /// The longest prefix of whole components that covers all names.
  private static func common(_ names: [ImageName]) -> Prefix? {
    guard let first = names.first?.components else { return nil }
    let shared = first.indices.prefix { index in
      names.allSatisfy { $0.components.indices.contains(index) && $0.components[index] == first[index] }
    }
    guard !shared.isEmpty else { return nil }
    return try? Prefix(first[..<shared.endIndex].joined(separator: "/"))
  }

  // MARK: rkt's text comparison

  /// Prefixes that some name known here begins with as a text, but not by whole components.
  ///
  /// Source: reference/rkt.md, section 1.2; reference/security.md, row K-10.
  private var byText: [Finding] {
    var prefixes: [Prefix: LoadedKey] = [:]
    var names = Set(images.map(\.name.description))
    for (key, _) in keys.trusted {
      guard case .prefix(let prefix) = key.file.scope else { continue }
      if prefixes[prefix] == nil { prefixes[prefix] = key }
      names.insert(prefix.description)
    }
    // In byte order everything that begins with a text follows it.
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return prefixes.sorted { $0.key < $1.key }.compactMap { prefix, key in
      guard let other = Self.textMatch(of: prefix.description, in: sorted) else { return nil }
      return Finding(
        id: "text-prefix", severity: .note, file: key.file.path, fingerprint: key.file.fingerprint,
        message: "\(VisibleText(key.file.path)) speaks for \(prefix) and below; rkt compares text and would take it for"
          + " \(other) as well")
    }
  }

  /// How many names are looked at for one prefix.
  private static let reach = 1_000

  private static func textMatch(of prefix: String, in sorted: [String]) -> String? {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].utf8.lexicographicallyPrecedes(prefix.utf8) { low = middle + 1 } else { high = middle }
    }
    for name in sorted[low...].prefix(reach) {
      guard name.utf8.starts(with: prefix.utf8) else { return nil }
      let next = name.utf8.dropFirst(prefix.utf8.count).first
      if let next, next != UInt8(ascii: "/") { return name }
    }
    return nil
  }
}

import BuildFiles
import TrustModel

extension FuzzTarget {
  /// What is named stands where it is said to stand, and with digests in it the file names the same.
  static func dockerfile(_ octets: [UInt8]) -> Bool {
    var wasRead = false
    for builder in BuildSettings.Builder.allCases {
      var settings = BuildSettings()
      settings.builder = builder
      settings.arguments = ["V": "1", "EMPTY": ""]
      settings.contexts = ["ctx": "docker-image://alpine"]
      do throws(BuildFileError) {
        let file = try Dockerfile(octets, settings)
        check(file)
        wasRead = true
      } catch {
        precondition(isVisible("\(error)"), "words of an octet")
      }
    }
    return wasRead
  }

  private static func check(_ file: Dockerfile) {
    precondition(file.stages.indices.contains(file.target), "a target that is none")
    var last = 0
    for mention in file.mentions {
      guard let place = mention.place, let range = place.range else { continue }
      precondition(range.lowerBound >= last && range.upperBound <= file.octets.count, "a place that is none")
      precondition(file.octets[..<range.lowerBound].count { $0 == 0x0a } == place.line - 1, "another line")
      last = range.upperBound
    }
    guard let digest = try? ManifestDigest("sha256:" + String(repeating: "0a", count: 32)),
      let pinned = try? file.pinned({ _ in digest })
    else { return }
    let again = try? Dockerfile(pinned, file.settings)
    precondition(again?.mentions.count == file.mentions.count, "another file with digests in it")
    precondition((try? again?.pinned { _ in digest }) == pinned, "digests that are put in twice")
  }

  /// Whatever it includes, extends or builds is the file itself again.
  static func compose(_ octets: [UInt8]) -> Bool {
    var settings = ComposeSettings { name in
      name.hasSuffix("Dockerfile") ? .octets(Array("FROM a:$V".utf8)) : name == ".env" ? .absent : .octets(octets)
    }
    settings.environment = { $0 == "V" ? "1" : nil }
    do throws(BuildFileError) {
      let file = try ComposeFile(octets, settings)
      precondition(file.images.allSatisfy { ($0.mention.place?.line ?? 1) >= 1 }, "a line that is none")
      return true
    } catch {
      precondition(isVisible("\(error)"), "words of an octet")
      return false
    }
  }

  private static func isVisible(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f } }
}

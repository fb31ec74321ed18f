public import Registry
internal import TrustModel
public import TrustVerify

/// What an argument means that names an image of one of the stores.
public enum StoredSubject {
  /// An ACI.
  case image(ImageRecord)
  /// Container images of one reference, by platform.
  case containers([ContainerRecord])

  /// Looks an argument up: what begins with `docker://` or `sha256:` is a container image; anything else is an ACI first,
  /// then a reference or the first digits of a digest.
  ///
  /// - Throws: `CommandFailure`: `notFound` where there is none.
  public init(_ text: String, _ options: CommonOptions) throws {
    if text.hasPrefix("docker://") || text.hasPrefix("sha256:") {
      let found = try Self.containers(text, options)
      guard !found.isEmpty else {
        throw CommandFailure(
          .notFound, "the store holds no image '\(VisibleText(text, limit: 200))'; see: keyreeve image list")
      }
      self = .containers(found)
      return
    }
    do throws(StoredImageError) {
      self = .image(try options.images.find(text))
    } catch {
      guard case .notFound = error, case let found = try Self.containers(text, options), !found.isEmpty else {
        throw CommandFailure(error.reason, error.description)
      }
      self = .containers(found)
    }
  }

  /// Of a hexadecimal number, as lists show digests.
  private static func isDigit(_ octet: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(octet)
  }

  private static func containers(_ text: String, _ options: CommonOptions) throws -> [ContainerRecord] {
    do throws(RegistryError) {
      let found = try options.containers.find(text)
      guard found.isEmpty, text.utf8.count >= 7, text.utf8.allSatisfy({ isDigit($0) }) else { return found }
      return try options.containers.find(ManifestDigest.prefix + text)
    } catch {
      throw CommandFailure(error.reason, error.description)
    }
  }
}

extension ContainerStore {
  /// Every record, with warnings for what cannot be read.
  func listed() throws -> (records: [ContainerRecord], problems: [String]) {
    do throws(RegistryError) {
      return try records()
    } catch {
      throw CommandFailure(error.reason, error.description)
    }
  }

  /// Reads all octets of an image again: what it comes to.
  func verdict(of record: ContainerRecord) -> Verdict {
    var verdict = record.verdict
    do throws(RegistryError) {
      try check(record)
    } catch {
      let isRefusal = (10...18).contains(error.reason.exitStatus) && error.reason != .notFound
      verdict.outcome = isRefusal ? .refused(error.reason) : .undetermined
      verdict.message =
        "\(error.description); remove it and fetch it again: keyreeve image rm docker://\(record.reference)"
    }
    return verdict
  }
}

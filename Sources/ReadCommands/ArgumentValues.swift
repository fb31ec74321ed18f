public import ArgumentParser
public import TrustModel

// Values of the model as arguments: what does not parse ends as a usage error with the position.

extension Fingerprint {
  /// Reads a full fingerprint as typed; a shorter key id is refused, since ids can be forged.
  @Sendable public static func argument(_ text: String) throws -> Fingerprint {
    guard let fingerprint = Fingerprint(typed: text) else {
      let shown = VisibleText(text, limit: 80)
      throw ValidationError("'\(shown)' is not a full fingerprint of 40 hexadecimal digits; see: keyreeve keys")
    }
    return fingerprint
  }
}

extension Prefix {
  /// Reads a prefix.
  @Sendable public static func argument(_ text: String) throws -> Prefix {
    do {
      return try Prefix(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

extension ImageName {
  /// Reads an image name.
  @Sendable public static func argument(_ text: String) throws -> ImageName {
    do {
      return try ImageName(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

extension ImageReference {
  /// Reads `name[:version][,label=value…]`.
  @Sendable public static func argument(_ text: String) throws -> ImageReference {
    do {
      return try ImageReference(text)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}

extension Timestamp {
  /// Reads a moment as RFC 3339 has it, or a day, which is its beginning in UTC.
  @Sendable public static func argument(_ text: String) throws -> Timestamp {
    guard let moment = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else {
      throw ValidationError("'\(VisibleText(text, limit: 80))' is no moment such as 2027-01-31T12:00:00Z")
    }
    return moment
  }
}

extension Layer: ExpressibleByArgument {}
extension KeyStatus: ExpressibleByArgument {}
extension Finding.Severity: ExpressibleByArgument {}

internal import TrustModel

/// What the values of a batch file may be, as far as gpg's own complaint would not say which line is wrong.
enum KeyParameterRules {
  /// Checks one value.
  static func check(
    _ name: String, _ value: String, _ refusal: (String) -> PublishingProblem
  ) throws(PublishingProblem) {
    switch name {
    case "Key-Length", "Subkey-Length":
      guard let bits = Int(value), (1024...8192).contains(bits) else {
        throw refusal("\(name) is a number of bits from 1024 to 8192")
      }
    case "Expire-Date":
      guard KeyOrder.end(value) != nil || isSeconds(value) || isCompactTime(value) else {
        throw refusal("Expire-Date is 0, a day, a number with d, w, m or y, or seconds=N")
      }
    case "Creation-Date":
      guard Timestamp(rfc3339: value + "T00:00:00Z") != nil || isSeconds(value) || isCompactTime(value) else {
        throw refusal("Creation-Date is a day, a time such as 20260131T120000, or seconds=N")
      }
    case "Name-Real", "Name-Comment", "Name-Email":
      guard value.utf8.count <= PublishingLimits.userIDPart else {
        throw refusal("\(name) is longer than \(PublishingLimits.userIDPart) octets")
      }
    default: break
    }
  }

  private static func isSeconds(_ value: String) -> Bool {
    value.hasPrefix("seconds=") && (1...11).contains(value.utf8.count - 8) && value.dropFirst(8).allSatisfy(isDigit)
  }

  private static func isCompactTime(_ value: String) -> Bool {
    let halves = value.split(separator: "T", omittingEmptySubsequences: false)
    return halves.count == 2 && halves[0].utf8.count == 8 && halves[1].utf8.count == 6
      && (halves[0] + halves[1]).allSatisfy(isDigit)
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}

public import StrictJSON

/// What may be signed from now on: names of targets, and beginnings of names that a role may sign.
///
/// Names that are signed already may be anything, and can be revoked all the same. No server takes control characters. Source:
/// reference/docker-content-trust.md, section 2, "Names".
public enum SignedName {
  /// The longest name, in octets.
  public static let limit = 1_000

  /// Why a name is not to be signed, a clause; nil where it may be.
  public static func problem(_ name: JSONString) -> String? {
    name.text.isEmpty ? "it is empty" : problem(beginning: name)
  }

  /// The same of a beginning of names; an empty one means every name.
  public static func problem(beginning: JSONString) -> String? {
    guard beginning.text.utf8.count <= limit else { return "it has more than \(limit) octets" }
    let hasControls = beginning.text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    return hasControls ? "it has control characters" : nil
  }
}

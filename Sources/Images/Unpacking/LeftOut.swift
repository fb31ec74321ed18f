/// What of an archive was not made, because the caller has no right to it or the file system cannot hold it.
public struct LeftOut: Sendable, Equatable {
  /// Devices.
  public var devices = 0
  /// FIFOs.
  public var fifos = 0
  /// Set-user-id and set-group-id bits.
  public var setuid = 0
  /// Extended attributes.
  public var attributes = 0

  /// Nothing.
  public init() {}

  /// A sentence for each kind.
  public var sentences: [String] {
    let counts = [
      (devices, "devices were not made"), (fifos, "FIFOs were not made"),
      (setuid, "files lost their set-user-id or set-group-id bit"),
      (
        attributes,
        "extended attributes were not kept (access control lists, labels, and without root's rights file capabilities)"
      ),
    ]
    return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
  }
}

internal import TrustModel

/// A folder or file of the machine at a path of the program, as docker writes it: `/SOURCE:/TARGET[:ro|:rw]`.
public struct BoundFolder: Sendable, Equatable {
  /// What it is filled with.
  public let volume: Volume
  /// Where it is mounted.
  public let mount: VolumeMount

  /// Whether a volume is written in this way.
  public static func isMeant(by text: String) -> Bool { text.hasPrefix("/") }

  /// Reads what a person typed.
  ///
  /// - Parameter number: tells its volume from others of the same run.
  /// - Throws: `RunFailure` with the part that is not understood.
  public init(_ text: String, number: Int) throws(RunFailure) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts[1].hasPrefix("/"), parts.count == 2 || ["ro", "rw"].contains(parts[2])
    else {
      throw RunFailure(
        .usage,
        "--volume \(VisibleText(text, limit: 200)): write /SOURCE:/TARGET, and :ro behind it where it is not to be written"
      )
    }
    let name = "folder-\(number)"
    volume = Volume(name: name, kind: .host(source: parts[0], isRecursive: true), isReadOnly: parts.last == "ro")
    mount = VolumeMount(volume: name, target: parts[1])
  }
}

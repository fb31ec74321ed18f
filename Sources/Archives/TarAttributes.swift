/// What a header says of an entry beside what it is: whose it is, and when it was last changed.
public struct TarAttributes: Sendable, Equatable {
  /// The number of the owner.
  public var owner: UInt32 = 0
  /// The number of the group.
  public var group: UInt32 = 0
  /// The major number of a device.
  public var deviceMajor: UInt32 = 0
  /// The minor number of a device.
  public var deviceMinor: UInt32 = 0
  /// When it was last changed, in seconds since the epoch; a moment before it is written as its beginning.
  public var modified: Int64

  /// Of root.
  public init(modified: Int64) { self.modified = modified }

  /// The largest number that the octal fields of owner, group and device can hold.
  static let octalLimit: UInt32 = 0o7_777_777
}

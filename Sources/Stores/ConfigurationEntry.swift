/// A configured value, and where it stands.
public struct ConfigurationEntry: Sendable, CustomStringConvertible, CustomReflectable {
  /// The section.
  public let section: ConfigurationSection
  /// What it sets.
  public let key: ConfigurationKey
  /// Its octets, maybe a secret: never to be made a text where `isSecret`.
  public let value: [UInt8]
  /// The file, absolute, without the sysroot.
  public let file: String
  /// The line, from 1.
  public let line: Int

  /// Whether the value is a secret.
  public var isSecret: Bool { key.isSecret(value) }

  /// The value as text, where it is no secret.
  public var text: String? { isSecret ? nil : String(validating: value, as: UTF8.self) }

  /// Section and key.
  public var description: String { "[\(section)] \(key.rawValue) (\(file):\(line))" }

  /// Nothing of the value.
  public var customMirror: Mirror { Mirror(self, children: ["entry": description]) }
}

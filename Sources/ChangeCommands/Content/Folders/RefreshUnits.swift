internal import ContentTrust
internal import Stores
internal import TrustModel

/// A systemd service that renews timestamps, and the timer that starts it.
///
/// The service reaches no network and writes nothing but the folder, the user's trust folder and Keyreeve's own state. Source:
/// systemd.exec(5), systemd.timer(5).
struct RefreshUnits {
  /// What is renewed, in words, and as the arguments of the command.
  let subject: String
  let arguments: [String]
  /// The name of both units, without their endings.
  let name: String
  let program: String
  let user: String
  /// What the service writes: the folder with the repositories first.
  let places: [String]

  /// The units, each after a line with its place.
  var text: [String] {
    ["# /etc/systemd/system/\(name).service"] + service + ["", "# /etc/systemd/system/\(name).timer"] + timer
  }

  private var service: [String] {
    [
      "[Unit]", "Description=Renew the timestamp of \(Self.escaped(subject))", "After=local-fs.target",
      "", "[Service]", "Type=oneshot", "User=\(user)",
      "ExecStart=" + ([program, "content", "refresh"] + arguments).map(Self.quoted).joined(separator: " "),
      "# The passphrase of the timestamp key; leave this out where the key has none. To make it:",
      "# systemd-creds encrypt --name=content-trust.timestamp - /etc/credstore.encrypted/content-trust.timestamp",
      "LoadCredentialEncrypted=content-trust.timestamp:/etc/credstore.encrypted/content-trust.timestamp",
      "# The same for the snapshot key, where it is here and has another one:",
      "#LoadCredentialEncrypted=content-trust.snapshot:/etc/credstore.encrypted/content-trust.snapshot",
      "ReadWritePaths="
        + places.enumerated().map { Self.quoted(($0.offset == 0 ? "" : "-") + $0.element) }.joined(separator: " "),
    ] + (isInTemporary ? [] : ["PrivateTmp=yes"]) + Self.hardening
  }

  /// Whether what is needed lies where a private `/tmp` would hide it.
  private var isInTemporary: Bool {
    (places + [program]).contains { $0.hasPrefix("/tmp/") || $0.hasPrefix("/var/tmp/") }
  }

  private static let hardening = [
    "ProtectSystem=strict", "ProtectHome=read-only", "PrivateDevices=yes", "PrivateNetwork=yes",
    "RestrictAddressFamilies=none", "IPAddressDeny=any", "ProtectClock=yes", "ProtectControlGroups=yes",
    "ProtectHostname=yes", "ProtectKernelLogs=yes", "ProtectKernelModules=yes", "ProtectKernelTunables=yes",
    "ProtectProc=invisible", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "RestrictNamespaces=yes",
    "RestrictRealtime=yes", "RestrictSUIDSGID=yes", "LockPersonality=yes", "MemoryDenyWriteExecute=yes",
    "SystemCallArchitectures=native", "SystemCallFilter=@system-service", "SystemCallFilter=~@privileged",
    "UMask=0022", "LimitCORE=0",
  ]

  private var timer: [String] {
    [
      "[Unit]", "Description=Renew the timestamp of \(Self.escaped(subject)) every day", "", "[Timer]",
      "OnCalendar=daily",
      "RandomizedDelaySec=1h", "Persistent=yes", "", "[Install]", "WantedBy=timers.target",
    ]
  }

  /// The name of units for a subject, as systemd-escape makes it.
  static func name(_ subject: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.".utf8)
    let digits = Array("0123456789abcdef".utf8)
    let octets = subject.utf8.flatMap { octet -> [UInt8] in
      if octet == UInt8(ascii: "/") { return [UInt8(ascii: "-")] }
      return plain.contains(octet) ? [octet] : Array(#"\x"#.utf8) + [digits[Int(octet >> 4)], digits[Int(octet & 15)]]
    }
    return "keyreeve-refresh-" + String(decoding: octets, as: UTF8.self)
  }

  /// What systemd would take for its own, doubled.
  static func escaped(_ text: String) -> String { text.replacing("%", with: "%%") }

  /// A word of a list or a command line.
  static func quoted(_ word: String) -> String {
    let text = escaped(word).replacing("$", with: "$$")
    guard text.utf8.contains(where: { [0x20, 0x09, 0x22, 0x27, 0x5c, 0x3b].contains($0) }) else { return text }
    return "\"" + text.replacing(#"\"#, with: #"\\"#).replacing("\"", with: "\\\"") + "\""
  }
}

internal import Glibc

extension SettingFile {
  /// Octets of one file of authorities where there are several.
  static let certificateLimit = 1 << 20

  /// What several PEM files hold, one behind the other.
  ///
  /// - Throws: `FetchError.configuration`, which names the file that cannot be read or holds no certificate.
  static func certificates(in files: [SettingFile]) throws(FetchError) -> [UInt8] {
    var whole: [UInt8] = []
    for file in files {
      let octets = try file.octets(limit: certificateLimit)
      guard
        octets.contains(pem: "-----BEGIN CERTIFICATE-----")
          || octets.contains(pem: "-----BEGIN TRUSTED CERTIFICATE-----")
      else { throw .configuration(file.place, "holds no certificates of authorities") }
      whole += octets + [0x0a]
    }
    return whole
  }

  private func octets(limit: Int) throws(FetchError) -> [UInt8] {
    let descriptor = try opened()
    defer { close(descriptor) }
    var octets: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = unsafe read(descriptor, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .configuration(place, unsafe String(cString: strerror(errno))) }
      if count == 0 { return octets }
      octets += chunk[..<count]
      guard octets.count <= limit else { throw .configuration(place, "is larger than \(limit) octets") }
    }
  }
}

extension [UInt8] {
  fileprivate func contains(pem line: String) -> Bool { !ranges(of: Array(line.utf8)).isEmpty }
}

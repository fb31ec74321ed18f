internal import Glibc
internal import TrustModel

extension Directory {
  /// The contents of a regular file of at most `limit` octets, which nobody else may see.
  func readSecret(_ name: String, limit: Int) throws(StoreError) -> SecretFile {
    let filePath = path + "/" + name
    let (file, status) = try openRegularFile(name, limit: limit)
    defer { close(file) }
    // One more than the size: the file may grow while it is read.
    guard var octets = SecretBuffer(capacity: Int(status.size) + 1) else { throw .system(filePath, ENOMEM) }
    var isAtEnd = false
    while !isAtEnd {
      var number: Int32 = 0
      unsafe octets.extend { free in
        let count = unsafe Glibc.read(file, free.baseAddress, free.count)
        number = count < 0 ? errno : 0
        isAtEnd = count == 0
        return count
      }
      guard number == 0 || number == EINTR else { throw StoreError(errno: number, at: filePath) }
    }
    guard octets.count <= status.size else { throw .tooLarge(filePath, limit: Int(status.size)) }
    return SecretFile(octets: octets, status: status)
  }
}

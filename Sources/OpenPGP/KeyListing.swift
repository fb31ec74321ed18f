internal import CGPGME
internal import Glibc
internal import TrustModel

/// One run of gpg that lists all keys of a home, read key by key.
///
/// The pointer is this value's own: opened by `start`, closed when it ends, used by no other.
@safe
struct KeyListing: ~Copyable {
  /// A key as gpg lists it, the primary key first among `keys`.
  struct Entry {
    let key: keyreeve_gpgme_key
    let keys: [(fingerprint: String, judged: keyreeve_gpgme_subkey)]
    /// The user ids that are neither revoked nor invalid, which says nothing of those without a self-signature.
    let userIDs: Set<[UInt8]>
  }

  private let home: PrivateHome
  private let listing: OpaquePointer

  private init(home: consuming PrivateHome, listing: OpaquePointer) {
    self.home = home
    unsafe self.listing = listing
  }

  deinit { unsafe keyreeve_gpgme_list_close(listing) }

  static func start(_ engine: Engine, home: consuming PrivateHome) throws(EngineError) -> KeyListing {
    try engine.prepare()
    var error = keyreeve_gpgme_error()
    guard let listing = unsafe keyreeve_gpgme_list(engine.path, home.path, engine.patience, &error) else {
      throw .failed(Engine.text(error))
    }
    return unsafe KeyListing(home: home, listing: listing)
  }

  /// Waits for the next key; nil at the end.
  func next() throws(EngineError) -> Entry? {
    var error = keyreeve_gpgme_error()
    var key = keyreeve_gpgme_key()
    switch unsafe keyreeve_gpgme_list_next(listing, &key, &error) {
    case keyreeve_gpgme_step_end: return nil
    case keyreeve_gpgme_step_key: break
    default: throw .failed(Engine.text(error))
    }
    var keys: [(fingerprint: String, judged: keyreeve_gpgme_subkey)] = []
    var subkey = keyreeve_gpgme_subkey()
    while unsafe keyreeve_gpgme_list_subkey(listing, keys.count, &subkey) {
      let fingerprint = unsafe withUnsafeBytes(of: subkey.fingerprint) { unsafe Engine.text($0) }
      keys.append((fingerprint.lowercased(), subkey))
    }
    return Entry(key: key, keys: keys, userIDs: userIDs())
  }

  private func userIDs() -> Set<[UInt8]> {
    var found: Set<[UInt8]> = []
    var index = 0
    var isRefused = false
    while let text = unsafe keyreeve_gpgme_list_user_id(listing, index, &isRefused) {
      index += 1
      if !isRefused { unsafe found.insert(Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))) }
    }
    return found
  }
}

internal import CGPGME
internal import Glibc

/// Where gpg is.
struct Engine: Sendable {
  /// An absolute path.
  let path: String

  /// How long it may take for an answer, in seconds: some milliseconds are usual.
  let patience: UInt32

  /// Looked at in this order; `PATH` is not, since whoever sets it is not whoever installed the system.
  static let places = ["/usr/bin/gpg", "/usr/local/bin/gpg", "/bin/gpg", "/opt/local/bin/gpg", "/opt/homebrew/bin/gpg"]

  /// The engine at `path`, or the first one found.
  init(path: String?, patience: UInt32 = 30) throws(EngineError) {
    self.patience = patience
    let candidates = path.map { [$0] } ?? Self.places
    guard let found = candidates.first(where: { unsafe access($0, X_OK) == 0 }) else { throw .missing }
    guard found.utf8.first == UInt8(ascii: "/") else { throw .failed("the path of gpg must be absolute") }
    self.path = found
  }

  /// A path given for one judge must not become what all others start from.
  private var first: String { Self.places.first { unsafe access($0, X_OK) == 0 } ?? path }

  /// Loads GPGME and asks gpg for its version, once per process: about 2 ms.
  func prepare() throws(EngineError) {
    var error = keyreeve_gpgme_error()
    guard unsafe keyreeve_gpgme_prepare(first, &error) else { throw .failed(Self.text(error)) }
  }

  /// The same on a thread of its own; a failure shows when the engine is used.
  func prepareInBackground() { unsafe keyreeve_gpgme_prepare_in_background(first) }

  static func text(_ error: keyreeve_gpgme_error) -> String {
    unsafe withUnsafeBytes(of: error.message) { unsafe Self.text($0) }
  }

  /// The text of a C array of characters, up to its end.
  static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

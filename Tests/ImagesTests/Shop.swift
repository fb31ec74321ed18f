import Discovery
import Fetch
import Images
import OpenPGP
import Stores
import TestSupport
import TrustModel
import TrustVerify

/// A machine with an image store, to fetch into.
struct Shop {
  let machine: SandboxMachine
  let images: StoredImages
  let writer: ImageStoreWriter

  init() throws {
    machine = try SandboxMachine()
    let sysroot = Sysroot(machine.path)
    images = StoredImages(
      ImageStore(StateDirectory(sysroot: sysroot, user: 0) { _ in nil }),
      verifier: ImageVerifier(layers: KeyLayers(sysroot: sysroot)))
    writer = ImageStoreWriter(images)
  }

  /// Where the store lies, without the sysroot.
  static let place = "/var/lib/keyreeve/images"

  /// The store's directory of an image.
  func place(of id: ImageID) -> String { Self.place + "/" + id.description }

  /// Trusts the keys of signers in one scope.
  func trust(_ signers: Signer..., in scope: Scope = .root) throws {
    for signer in signers { try machine.place(signer.certificate, in: scope, .distribution) }
  }

  /// Writes an image file with its signature file; returns its path.
  @discardableResult
  func put(_ octets: [UInt8], signedBy signers: Signer..., at name: String = "/image.aci") throws -> String {
    try machine.write(name, octets)
    if !signers.isEmpty { try machine.write(name + ".asc", Signer.file(over: octets, by: signers)) }
    return machine.located(name)
  }

  /// Fetches.
  func fetch(
    _ source: String, at now: Timestamp = Moment.now, with fetcher: Fetcher = Fetcher(),
    _ change: (inout ImageFetcher.Options) -> Void = { _ in }, progress: @escaping (FetchProgress) -> Void = { _ in }
  ) throws -> FetchedImage {
    var options = ImageFetcher.Options()
    change(&options)
    return try Self.fetch(source, into: writer, at: now, with: fetcher, options, progress: progress)
  }

  /// Fetches, from any thread.
  static func fetch(
    _ source: String, into writer: ImageStoreWriter, at now: Timestamp = Moment.now, with fetcher: Fetcher = Fetcher(),
    _ options: ImageFetcher.Options = .init(), progress: @escaping (FetchProgress) -> Void = { _ in }
  ) throws -> FetchedImage {
    ImageFetcher(into: writer, with: fetcher, options, at: now, progress: progress).fetch(try ImageSource(source))
  }

  /// Today's reason for an image of the store.
  func today(_ record: ImageRecord, at now: Timestamp = Moment.now) -> Reason? {
    images.judged([record], at: now).first?.today.reason
  }

  /// The names in the staging area, without lock files.
  var staged: [String] {
    (machine.names(in: Self.place + "/staging") ?? []).filter { !$0.hasSuffix(".lock") }
  }
}

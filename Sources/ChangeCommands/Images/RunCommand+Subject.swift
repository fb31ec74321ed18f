internal import Images
internal import ReadCommands
internal import Registry
internal import TrustModel
internal import TrustVerify

extension RunCommand {
  /// What is run.
  enum Subject {
    /// An ACI of the store.
    case image(ImageRecord)
    /// A container image that was judged already.
    case container(LayeredImage)
  }

  /// What the argument means: an ACI before a container image of the same name, as in all commands.
  func subject(_ output: Output) throws -> Subject {
    if ContainerFetchOptions.isMeant(by: image) { return .container(try containerImage(image, output)) }
    if let stored = try storedContainer() {
      return .container(try containerImage("docker://\(stored.reference)", output, stored))
    }
    try container.refuse()
    return .image(try record(output))
  }

  /// The container image of the store that the argument is a name or the beginning of a digest of.
  private func storedContainer() throws -> ContainerRecord? {
    guard !isElsewhere else { return nil }
    do {
      guard case .containers(let found) = try StoredSubject(image, options) else { return nil }
      let fitting = found.filter { record in container.platform.map { $0 == record.platform } ?? true }
      guard fitting.count < 2 else {
        let names = fitting.map { "docker://\($0.reference) for \($0.platform)" }.joined(separator: ", ")
        throw CommandFailure(.usage, "several images of the store are '\(VisibleText(image, limit: 200))': \(names)")
      }
      return fitting.first
    } catch let failure as CommandFailure
      where failure.reason == .notFound && !image.hasPrefix(ManifestDigest.prefix)
    {
      return nil
    }
  }

  /// A container image whose tag is judged now; what the store does not hold of it is fetched.
  private func containerImage(
    _ text: String, _ output: Output, _ stored: ContainerRecord? = nil
  ) throws -> LayeredImage {
    try ContainerFetchOptions.refuse(signature: signature, allowsHTTP: allowHTTP)
    var run = try container.fetching(
      text, options, skipsVerification: insecure.skipsVerification, platform: stored?.platform)
    // Who names a digest means no other image that the tag leads to by now.
    if (try? DockerReference(ContainerStore.bare(image)))?.repository != stored?.reference.repository {
      run.expected = stored?.signed
    }
    let (fetched, wanted) = try run.fetch()
    guard !wanted.isUnverified || insecure.skipsVerification else { throw try refuse(wanted.verdict, output) }
    return try LayeredImage(fetched.record, in: options.containers)
  }

  private var isElsewhere: Bool {
    image.contains("://") || image.hasPrefix("/") || image.hasPrefix(".") || image.hasSuffix(".aci")
  }

  private func record(_ output: Output) throws -> ImageRecord {
    if !isElsewhere {
      do throws(StoredImageError) {
        return try options.images.find(image)
      } catch {
        guard case .notFound = error else { throw CommandFailure(error.reason, error.description) }
        output.progress("the store does not hold it: fetching it")
      }
    }
    let source: ImageSource
    do throws(ImageSource.Failure) {
      source = try ImageSource(image)
    } catch {
      throw CommandFailure(.usage, error.description)
    }
    let fetched = try ImageFetching(options: options, allowsHTTP: allowHTTP, signature: signature).fetch(
      source, skippingVerification: insecure.skipsVerification)
    guard let record = fetched.record else {
      defer { ContainerFetchOptions.advise(on: image, "run") }
      throw try refuse(fetched.verdict, output)
    }
    return record
  }
}

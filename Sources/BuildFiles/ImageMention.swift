public import TrustModel

/// A place in a file that names what an image is built from or started with.
public struct ImageMention: Sendable, Equatable {
  /// What the image is named for.
  public enum Kind: String, Sendable, CaseIterable {
    /// What a stage is built on: `FROM`.
    case base
    /// What files are copied from: `COPY --from=`.
    case copied
    /// What is mounted for a command: `RUN --mount=…,from=`.
    case mounted
    /// The image that reads the file for BuildKit, and so runs as well: `# syntax=`.
    case frontend
    /// What a service of a compose file is started from.
    case service
    /// A build context that is given as an image.
    case context
  }

  /// Where it stands.
  public struct Place: Sendable, Equatable {
    /// The line, from 1.
    public let line: Int
    /// The column in octets, from 1.
    public let column: Int
    /// The octets of the file that name it; nil where only its beginning is known.
    public let range: Range<Int>?
  }

  /// What it is.
  public enum Meaning: Sendable, Equatable {
    /// An image.
    case image(DockerReference)
    /// No image, but nothing at all: `scratch`.
    case scratch
    /// A stage of the same file, by its number from 0 and its name, if it has one.
    case stage(Int, name: String?)
    /// A build context that was given by this name.
    case context(String)
    /// What cannot be known, and why.
    case unknown(String)
  }

  /// What it is named for.
  public let kind: Kind
  /// Where it stands; nil where it was given with the build, not in the file.
  public let place: Place?
  /// The words of the file.
  public let written: String
  /// What they mean.
  public let meaning: Meaning
  /// The platform that is asked for, where one is named there.
  public var platform: String?
  /// The number of the stage that it belongs to, from 0.
  public var stage: Int?
  /// Whether the target needs it: what is not needed is not read by the builder either.
  public var isNeeded = true
  /// Whether a reference can be put in its place: not where it is quoted inside of an option.
  var isReplaceable = true

  init(_ kind: Kind, _ place: Place?, _ written: String, _ meaning: Meaning) {
    (self.kind, self.place, self.written, self.meaning) = (kind, place, written, meaning)
  }

  /// The image, where it is one.
  public var reference: DockerReference? {
    guard case .image(let reference) = meaning else { return nil }
    return reference
  }
}

extension ImageMention.Meaning {
  /// An image by its reference, or why there is none.
  static func image(named text: String) -> Self {
    do throws(NameError) {
      return .image(try DockerReference(text))
    } catch {
      return .unknown("\(error)")
    }
  }
}

internal import ArgumentParser
internal import Stores
internal import TrustModel
public import TrustVerify

extension CommonOptions {
  /// The images of this user's store on the machine.
  public var images: StoredImages { StoredImages(ImageStore(state), verifier: ImageVerifier(layers: layers)) }
}

extension StoredImages {
  /// The one image that an argument means.
  ///
  /// - Throws: `CommandFailure`: `notFound` where there is none.
  func meant(by text: String) throws -> ImageRecord {
    do {
      return try find(text)
    } catch {
      throw CommandFailure(error.reason, error.description)
    }
  }
}

/// The argument that names an image of the store.
struct StoredImageArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The image: the beginning of its id, or its name with as many labels as tell it apart.", valueName: "image"))
  var image: String
}

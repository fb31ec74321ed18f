import ExampleMachine
import Screen

/// Ways through the console that several tests go.
enum Steps {
  typealias Step = ScriptedTerminal.Step

  static func type(_ text: String) -> [Step] { Step.type(text) }

  /// Types a filter and leaves the field open.
  static func filter(_ text: String) -> [Step] { type("/") + type(text) }

  /// Puts the cursor on the only key that matches, and clears the filter again.
  static func at(_ text: String) -> [Step] { filter(text) + [.enter, .escape] }

  /// Opens the plan that disables the release key of example.com, whose images would be refused.
  static let planToDisable: [Step] = at("release@example.com") + type("d") + [.until("Cancel")]

  /// Opens the review of a key file, for the names of example.com.
  static func review(_ file: String) -> [Step] {
    type("gt") + type(file) + [.tab, .event(.key(.control("u")))] + type("example.com") + [
      .enter, .until("Fingerprint"),
    ]
  }

  /// Types the last 16 digits of a key, as read from paper.
  static func comparisonKeys(_ key: ExampleKey) throws -> [Step] {
    type(String("\(try key.fingerprint())".suffix(16)))
  }

  /// Types them, and waits until they were compared.
  static func comparison(_ key: ExampleKey) throws -> [Step] { try comparisonKeys(key) + [.until("16 of 16")] }

  /// The last four digits of a key, as the plan asks for them.
  static func digits(_ key: ExampleKey) throws -> [Step] { type(String("\(try key.fingerprint())".suffix(4))) }

  /// Opens the images, and waits until the keys of today were asked.
  static let images: [Step] = type("4") + [.perhaps("today"), .gone("Reading the image"), .gone("being judged")]

  /// Opens the second image: example.com/hello, which another one stands on.
  static let image: [Step] = images + type("gj") + openImage

  /// Opens the image under the cursor; the store may just be judged anew.
  static let openImage: [Step] = [.enter, .perhaps("Id"), .gone("being judged")]

  /// Asks for an image to be fetched.
  static func fetch(_ source: String) -> [Step] { type("f") + type(source) + [.enter] }
}

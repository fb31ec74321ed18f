internal import StrictJSON

extension JSON {
  /// The value as text, where it is a string.
  var text: String? { string?.text }
}

internal import StrictJSON
internal import TrustModel

/// An object of a manifest or configuration, read so that no other reader can see something else in it.
///
/// Go's reader takes `Layers` for `layers`: a name that is one of ours but for its letters' case refuses the document. Source:
/// reference/security.md, rows R-04 and J-03.
struct StrictDocument {
  let json: JSON
  /// What it is, for messages.
  let what: String

  /// Reads octets.
  init(_ octets: [UInt8], _ what: String, limit: Int, numbers: JSONLimits.Numbers = .exactIntegers)
    throws(RegistryError)
  {
    do throws(JSONError) {
      json = try JSON.parse(
        octets, limits: JSONLimits(octets: limit, depth: RegistryLimits.depth, numbers: numbers))
    } catch {
      throw .malformed("\(what): \(error)")
    }
    self.what = what
    guard json.members != nil else { throw .malformed("\(what) is no JSON object") }
  }

  init(_ json: JSON, _ what: String) throws(RegistryError) {
    guard json.members != nil else { throw .malformed("\(what) is no JSON object") }
    (self.json, self.what) = (json, what)
  }

  /// Refuses names that differ from known ones in their case alone.
  func check(_ names: [String]) throws(RegistryError) {
    for member in json.members ?? [] {
      let name = member.name.text
      guard let known = names.first(where: { $0.lowercased() == name.lowercased() }) else { continue }
      guard known.utf8.elementsEqual(name.utf8) else {
        throw .malformed(
          "\(what) has a member \(VisibleText(name, limit: 60)), which some readers take for \(known)")
      }
    }
  }

  /// A string; nil where there is none, or it is empty.
  func text(_ name: JSONString) throws(RegistryError) -> String? {
    guard let value = json[name], value != .null else { return nil }
    guard let text = value.string?.text else { throw .malformed("\(what): \(name.text) is no string") }
    return text.isEmpty ? nil : text
  }

  /// An array of objects.
  func list(_ name: JSONString, limit: Int) throws(RegistryError) -> [JSON]? {
    guard let value = json[name], value != .null else { return nil }
    guard let list = value.array else { throw .malformed("\(what): \(name.text) is no array") }
    guard list.count <= limit else {
      throw .malformed("\(what) has \(list.count) \(name.text); \(limit) are allowed")
    }
    return list
  }
}

internal import Fetch

extension Address {
  /// The address of the detached signature of the image here: the path with `.asc` behind it, the query as it is.
  ///
  /// Source: appc specification, "image discovery".
  var signature: Address {
    get throws(AddressError) {
      let query = target.dropFirst(path.count)
      return try Address("\(scheme.rawValue)://\(authority)\(path).asc\(query)")
    }
  }
}

internal import OpenPGP
public import Stores
internal import StrictJSON
public import TrustModel

/// The images of the store, judged by today's keys whenever one looks.
public struct StoredImages: Sendable {
  /// The store.
  public let store: ImageStore
  /// What judges.
  public let verifier: ImageVerifier

  /// The images of `store`, judged by `verifier`.
  public init(_ store: ImageStore, verifier: ImageVerifier) {
    (self.store, self.verifier) = (store, verifier)
  }

  /// Every record, in the order of ids; what cannot be read is named in `problems`.
  public func records() throws(StoredImageError) -> (records: [ImageRecord], problems: [StoredImageError]) {
    var records: [ImageRecord] = []
    var problems: [StoredImageError] = []
    for id in try ids() {
      do throws(StoredImageError) {
        records.append(try record(of: id))
      } catch .notFound {
        // Removed since the directory was read.
        continue
      } catch {
        problems.append(error)
      }
    }
    return (records, problems)
  }

  /// The record of an image.
  public func record(of id: ImageID) throws(StoredImageError) -> ImageRecord {
    let octets: [UInt8]
    do throws(StoreError) {
      octets = try store.record(of: id)
    } catch .missing {
      throw .notFound(id.description)
    } catch {
      throw .damaged(id, error.problem)
    }
    guard let json = try? JSON.parse(octets), let record = ImageRecord(json) else {
      throw .damaged(id, "it is no keyreeve.image/1 document")
    }
    guard record.id == id else { throw .damaged(id, "it is about another image") }
    return record
  }

  /// The one image that a text means: the beginning of its id, or its name with as many labels as tell it apart.
  public func find(_ text: String) throws(StoredImageError) -> ImageRecord {
    if let beginning = ImageID.beginning(text) {
      let ids = try ids().filter { $0.description.hasPrefix(beginning) }
      if ids.count > 1 { throw .ambiguous(text, ids) }
      if let id = ids.first { return try record(of: id) }
    }
    guard let reference = try? ImageReference(text) else { throw .notFound(text) }
    let named = try records().records.filter { $0.isMeant(by: reference) }
    guard let first = named.first else { throw .notFound(text) }
    guard named.count == 1 else { throw .ambiguous(text, named.map(\.id)) }
    return first
  }

  func ids() throws(StoredImageError) -> [ImageID] {
    do {
      return try store.ids()
    } catch {
      throw .unreadable("\(error)")
    }
  }
}

extension ImageRecord {
  /// Whether the image has this name and all of these labels.
  public func isMeant(by reference: ImageReference) -> Bool {
    name == reference.name
      && reference.labels.pairs.allSatisfy { labels[$0.name]?.utf8.elementsEqual($0.value.utf8) ?? false }
  }
}

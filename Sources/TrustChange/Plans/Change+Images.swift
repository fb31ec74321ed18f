internal import Stores
public import TrustModel
public import TrustVerify

extension Plan {
  /// The plan with what it does to the images of a store: which would be refused afterwards, and which accepted.
  ///
  /// Where the store cannot be read, or not all of it, a warning says so: the plan itself stands.
  public func weighed(by images: StoredImages, at now: Timestamp) -> Plan {
    with { change in
      let replacements = change.edits.compactMap { $0.replacement() }
      guard !replacements.isEmpty else { return }
      do throws(StoredImageError) {
        let outlook = try images.outlook(replacements, at: now)
        change.images = outlook.turned.map {
          Change.ImageEffect(id: $0.record.id, reference: $0.record.reference, isAccepted: $0.planned.isAccepted)
        }
        if outlook.unseen > 0 {
          let count = outlook.unseen == 1 ? "1 image" : "\(outlook.unseen) images"
          change.warnings.append("\(count) of the store could not be looked at: what becomes of them cannot be told")
        }
      } catch {
        change.warnings.append("\(error); what becomes of the images there cannot be told")
      }
    }
  }
}

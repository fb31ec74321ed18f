internal import ContentTrust
internal import Screen
internal import SignedMetadata
internal import TrustModel

extension Worker {
  func run(_ job: ContentJob) {
    switch job {
    case .list(let number): mailbox.post(.content(.listed(list(number))))
    case .read(let order): mailbox.post(.content(.read(order, end(of: order))))
    }
  }

  private func list(_ number: Int) -> ContentListing {
    guard let access = settings.content else {
      return ContentListing(number: number, folder: "", rows: [], keys: nil, problem: "There is no folder of docker.")
    }
    do {
      let rows = try access.repositories().map { repository -> ContentRow in
        switch end(of: ContentOrder(repository)) {
        case .read(let report): ContentRow(repository, report)
        case .offered: ContentRow(repository, problem: "Nobody has trusted its root here yet.")
        case .failed(let sentence): ContentRow(repository, problem: sentence)
        }
      }
      return ContentListing(number: number, folder: access.folder, rows: rows, keys: try? access.keys(), problem: nil)
    } catch {
      return ContentListing(
        number: number, folder: access.folder, rows: [], keys: try? access.keys(), problem: "\(error)")
    }
  }

  private func end(of order: ContentOrder) -> ContentEnd {
    guard let access = settings.content else { return .failed("There is no folder of docker.") }
    do {
      let (reading, server) = try access.read(order.repository, order.asks, order.agreed)
      return .read(RepositoryReport(reading, server: server, tag: order.tag))
    } catch let offer as FirstUseOffer {
      return .offered(offer, isKept: access.keeps)
    } catch {
      return .failed("\(error)".capitalizedFirst)
    }
  }
}

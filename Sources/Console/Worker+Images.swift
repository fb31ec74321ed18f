internal import Fetch
internal import Images
internal import Screen
internal import Stores
internal import TrustModel
internal import TrustVerify

extension Worker {
  var images: StoredImages {
    StoredImages(ImageStore(state), verifier: ImageVerifier(layers: layers))
  }

  func run(_ job: ImageJob, at now: Timestamp) throws {
    switch job {
    case .list(let number): list(number, at: now)
    case .verify(let record):
      let verdict = images.verify(record, at: now).verdict
      mailbox.post(.images(.verified(record, verdict, at: SystemClock.now)))
    case .remove(let row):
      guard !settings.isStoreReadOnly else { throw StoreReadOnly() }
      try ImageStoreWriter(images).remove(row.id)
      mailbox.post(.images(.removed(row)))
    case .fetch(let order): mailbox.post(.images(.fetched(order, fetch(order, at: now))))
    }
  }

  /// Shows the records first, and the verdicts of today as soon as they are there.
  private func list(_ number: Int, at now: Timestamp) {
    let (images, place, keys) = (images, ImageStore(state).place, settings.preferences.keys)
    func post(_ rows: [ImageRow], isJudged: Bool, problem: String? = nil) {
      let listing = ImageListing(number: number, place: place, rows: rows, isJudged: isJudged, problem: problem)
      mailbox.post(.images(.listed(listing)))
    }
    do {
      let found = try images.records()
      let damaged = found.problems.compactMap { problem -> ImageRow? in
        guard case .damaged(let id, let cause) = problem else { return nil }
        return ImageRow(
          damaged: id,
          "Its record in the store cannot be used: \(cause). \(keys.name(.remove)) removes it, \(keys.name(.fetch)) fetches it again."
        )
      }
      if !found.records.isEmpty { post(found.records.map { ImageRow($0) } + damaged, isJudged: false) }
      let judged = images.judged(found.records, at: now).map { ImageRow($0.record, today: $0.today) }
      post(judged + damaged, isJudged: true)
    } catch {
      post([], isJudged: true, problem: "\(error)")
    }
  }

  private func fetch(_ order: FetchOrder, at now: Timestamp) -> FetchEnd {
    do {
      guard !settings.isStoreReadOnly else { throw StoreReadOnly() }
      let source = try ImageSource(settings.located(order.source))
      var options = ImageFetcher.Options()
      options.machineLabels = settings.machineLabels
      let reporter = FetchReporter(isDownload: source.isDownload) { [mailbox] status in
        mailbox.post(.images(.fetching(order, status)))
      }
      let fetcher = ImageFetcher(
        into: ImageStoreWriter(images), with: Fetcher(try settings.fetchSettings(), cancellation: order.cancellation),
        options, cancellation: order.cancellation, at: now
      ) { reporter.take($0) }
      reporter.start()
      defer { reporter.finish() }
      return .answered(fetcher.fetch(source))
    } catch {
      return .impossible("\(error)")
    }
  }

  /// Nothing is written where nothing may be.
  private struct StoreReadOnly: Error, CustomStringConvertible {
    let description = "read-only here: the image store is not written"
  }
}

extension ImageSource {
  /// Whether it comes from a server.
  fileprivate var isDownload: Bool {
    if case .file = self { false } else { true }
  }
}

import Testing
import TrustModel

@Suite struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_767_934_909, "2026-01-09T05:01:49Z"),
    (4_294_967_295, "2106-02-07T06:28:15Z"), (-1, "1969-12-31T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
  ])
  func `writes and reads RFC 3339`(_ seconds: Int, _ text: String) {
    #expect(Timestamp(seconds: Int64(seconds)).description == text)
    #expect(Timestamp(rfc3339: text)?.seconds == Int64(seconds))
  }

  @Test func `agrees with itself over every day of eight centuries`() {
    for day in stride(from: -146_097, through: 146_097, by: 1) {
      let moment = Timestamp(seconds: Int64(day) * 86_400 + 12_345)
      #expect(Timestamp(rfc3339: moment.description) == moment)
    }
  }

  @Test(arguments: ["2026-01-09T05:01:49.5Z", "2026-01-09T06:01:49+01:00", "2026-01-09T00:01:49-05:00"])
  func `reads fractions and offsets`(_ text: String) {
    #expect(Timestamp(rfc3339: text)?.description == "2026-01-09T05:01:49Z")
  }

  @Test(arguments: [
    "", "2026-01-09", "2026-01-09 05:01:49Z", "2026-13-09T05:01:49Z", "2026-02-29T05:01:49Z", "2026-00-01T00:00:00Z",
    "2026-01-09T24:00:00Z", "2026-01-09T05:01:60Z", "2026-01-09T05:01:49", "2026-01-09T05:01:49z",
    "2026-01-09T05:01:49.Z", "12026-01-09T05:01:49Z", "2026-01-09T05:01:49+0100",
  ])
  func `refuses what no calendar has`(_ text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func `counts whole days, also backwards`() {
    let start = Timestamp(seconds: 1_000_000)
    #expect(start.advanced(by: 86_400 * 30).days(since: start) == 30)
    #expect(start.advanced(by: -1).days(since: start) == -1)
    #expect(Timestamp(seconds: .max).advanced(by: 1).seconds == .max)
  }
}

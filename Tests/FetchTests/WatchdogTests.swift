import Testing

@testable import Fetch

@Suite("The watchdog")
struct WatchdogTests {
  private static let limits = FetchLimits(
    octets: 1, connect: 3, stall: 5, total: 100, minimumRate: 10, rateWindow: 4)

  @Test("Each limit holds to the second and breaks behind it")
  func limits() {
    var watchdog = Watchdog(Self.limits, at: 1000)
    #expect(watchdog.breach(at: 1003) == nil)
    #expect(watchdog.breach(at: 1003.1) == .connecting)
    watchdog.connect(at: 1003)
    #expect(watchdog.breach(at: 1008) == nil)
    #expect(watchdog.breach(at: 1008.1) == .stall)
    #expect(watchdog.breach(at: 1100.1) == .total)
  }

  @Test("The rate is counted from the first octet on, window by window")
  func rate() {
    var watchdog = Watchdog(Self.limits, at: 0)
    watchdog.connect(at: 0)
    watchdog.receive(40, at: 4.9)
    #expect(watchdog.breach(at: 8.8) == nil)
    #expect(watchdog.breach(at: 8.9) == nil)
    watchdog.receive(39, at: 12)
    #expect(watchdog.breach(at: 12.8) == nil)
    #expect(watchdog.breach(at: 12.9) == .rate)
  }

  @Test("Each redirect has its own time to connect, and no more in all")
  func hops() {
    var watchdog = Watchdog(Self.limits, at: 0)
    watchdog.connect(at: 1)
    watchdog.receive(1, at: 2)
    watchdog.beginHop(at: 5)
    #expect(watchdog.breach(at: 8) == nil)
    #expect(watchdog.breach(at: 8.1) == .connecting)
    #expect(watchdog.breach(at: 100.1) == .total)
  }

  @Test("The consumer's time is not the server's")
  func excuse() {
    var watchdog = Watchdog(Self.limits, at: 0)
    watchdog.connect(at: 0)
    watchdog.receive(1000, at: 1)
    watchdog.excuse(50)
    #expect(watchdog.breach(at: 54) == nil)
    watchdog.receive(1000, at: 54)
    #expect(watchdog.breach(at: 59.1) == .stall)
    #expect(watchdog.breach(at: 149) == .stall)
    #expect(watchdog.breach(at: 150.1) == .total)
  }
}

internal import CCurl

extension Exchange {
  /// The exchange as libcurl talks to it; valid as long as the exchange lives.
  var receiver: kr_receiver {
    unsafe kr_receiver(
      context: Unmanaged.passUnretained(self).toOpaque(),
      may_connect: { context, octets, count in
        unsafe Exchange.of(context).mayConnect(Array(UnsafeBufferPointer(start: octets, count: count)))
      },
      connected: { context, octets, count in
        unsafe Exchange.of(context).connect(Array(UnsafeBufferPointer(start: octets, count: count)))
      },
      header: { context, line, count in
        unsafe Exchange.of(context).takeHeader(UnsafeRawBufferPointer(start: line, count: count))
      },
      sent: { context, count in unsafe Exchange.of(context).send(count) },
      body: { context, octets, count in
        unsafe Exchange.of(context).takeBody(UnsafeRawBufferPointer(start: octets, count: count))
      })
  }

  private static func of(_ context: UnsafeMutableRawPointer) -> Exchange {
    unsafe Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
  }
}

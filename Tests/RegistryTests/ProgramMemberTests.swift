import Registry
import Testing
import TrustModel

/// What a configuration says of its program, as different readers take it.
@Suite("Members of a configuration") struct ProgramMemberTests {
  private func read(_ config: String) throws -> ContainerConfiguration {
    try ContainerConfiguration(
      Array(
        #"{"os":"linux","architecture":"amd64","config":\#(config),"rootfs":{"type":"layers","diff_ids":[]}}"#.utf8),
      layerCount: 0)
  }

  @Test(
    "A name that docker takes for another one is refused",
    arguments: [#"{"user":"root"}"#, #"{"ENTRYPOINT":["/x"]}"#, #"{"User":"web","USER":"root"}"#, "[]", "1"])
  func names(_ config: String) throws {
    #expect(try #require(throws: RegistryError.self) { try read(config) }.reason == .malformed)
  }

  @Test(
    "Its own names, unknown ones and none are taken",
    arguments: [#"{"User":"web","Cmd":["/x"],"Labels":{"user":"x"},"OnBuild":null}"#, "{}", "null"])
  func own(_ config: String) throws { #expect(try read(config).layers.isEmpty) }
}

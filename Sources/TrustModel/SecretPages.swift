internal import Glibc

/// Memory for secrets: pages of their own, locked and left out of core dumps where the system allows it, wiped when they go.
///
/// Source: reference/security.md, row S-06.
struct SecretPages: ~Copyable {
  let memory: UnsafeMutableRawPointer
  let capacity: Int

  /// Pages for so many octets; nil where there is no memory.
  init?(capacity: Int) {
    let size = max(capacity, 1)
    let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { return nil }
    // Neither is granted everywhere; the octets are wiped all the same.
    mlock(memory, size)
    madvise(memory, size, Int32(MADV_DONTDUMP))
    (self.memory, self.capacity) = (memory, size)
  }

  deinit {
    explicit_bzero(memory, capacity)
    munmap(memory, capacity)
  }
}

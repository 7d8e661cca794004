import Glibc

/// Which file something is, whatever its name.
package struct FileIdentity: Hashable {
  let device: dev_t
  let number: ino_t

  package init(device: dev_t, number: ino_t) {
    self.device = device
    self.number = number
  }
}

import CLLVM
import Glibc

extension ThreadPool {
  /// The number of threads that `MIGRAPHX_NUM_THREADS` asks for; else that of the processors that this
  /// process may use, by its affinity and by its control group's quota.
  public static let defaultThreadCount: Int = {
    let most = 1024
    if let text = environmentValue("MIGRAPHX_NUM_THREADS"), let count = Int(text), count > 0 {
      return min(count, most)
    }
    return max(1, min(Int(cllvm_processor_count()), quotaCount ?? most, most))
  }()

  /// The processors' worth of time that the control group may use, rounded up; nil when it is not limited.
  private static var quotaCount: Int? {
    func numbers(_ path: String) -> [Int] {
      guard let file = unsafe fopen(path, "re") else { return [] }
      defer { unsafe fclose(file) }
      var line = [CChar](repeating: 0, count: 128)
      guard unsafe fgets(&line, Int32(line.count), file) != nil else { return [] }
      let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      let text = String(decoding: bytes, as: UTF8.self)
      return text.split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
    }
    var limits = numbers("/sys/fs/cgroup/cpu.max")
    if limits.isEmpty {
      limits =
        numbers("/sys/fs/cgroup/cpu/cpu.cfs_quota_us")
        + numbers("/sys/fs/cgroup/cpu/cpu.cfs_period_us")
    }
    guard limits.count == 2, limits[0] > 0, limits[1] > 0 else { return nil }
    return (limits[0] - 1) / limits[1] + 1
  }
}

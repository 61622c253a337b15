// Our sender alone, doing what limit.c does. usage: sender URL COUNT CONNECTIONS; prints one line of JSON.
import Delivery
import Foundation
import Sender

let url = CommandLine.arguments[1]
let count = Int(CommandLine.arguments[2]) ?? 0
let connections = Int(CommandLine.arguments[3]) ?? 64
let body = Array(("{\"text\":\"" + String(repeating: "x", count: 1013) + "\"}").utf8)
let headers = [try WireHeader("Content-Type", "application/json")]

func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Keeps so many requests under way until all are done; how many failed.
@concurrent func failures(_ sender: CurlSender) async -> Int {
    let (url, count, connections, headers, body) = await (url, count, connections, headers, body)
    return await withTaskGroup(of: Int.self) { group in
        for lane in 0..<connections {
            group.addTask {
                var failed = 0
                for number in stride(from: lane, to: count, by: connections) {
                    let request = WireRequest(
                        id: "d\(number)", url: url, headers: headers, body: body, scope: .privateAllowed)
                    if case .answered(let answer) = await sender.send(request).result, answer.status < 300 { continue }
                    failed += 1
                }
                return failed
            }
        }
        var failed = 0
        for await lane in group { failed += lane }
        return failed
    }
}

var settings = CurlSenderSettings()
settings.concurrentRequests = connections
let sender = try CurlSender(settings)
let began = ContinuousClock.now
let cpu = cpuSeconds()
let failed = await failures(sender)
let wall = (ContinuousClock.now - began) / .seconds(1)
let used = cpuSeconds() - cpu
await sender.shutdown(drainingFor: .seconds(1))
print("{\"per_second\":\(Int(Double(count) / wall)),\"cpu_us\":\(used / Double(count) * 1e6),\"failed\":\(failed)}")
exit(failed == 0 ? 0 : 1)

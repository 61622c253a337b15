import Foundation
import Testing

/// A receiver, a limiter and a clock that are not ours: nginx with a limit for each address, which notes when each
/// request came.
final class Nginx {
    struct Line {
        /// In seconds since 1970, as nginx's clock says.
        let moment: Double
        let path: String
        let status: Int
    }

    let port: Int
    private let folder: String
    private let process: Process

    /// Nil, with a line that says so, where there is no nginx. `rate` as nginx writes it, such as `1r/s`; what is too
    /// much is answered 429 with `Retry-After`.
    init?(in folder: String, rate: String, retryAfter: Int) throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/sbin/nginx") else {
            print("SKIPPED: tests against nginx: it is not installed")
            return nil
        }
        self.folder = folder
        port = try Nginx.freePort()
        let configuration = """
            daemon off; worker_processes 1; error_log \(folder)/nginx.err; pid \(folder)/nginx.pid;
            events { worker_connections 512; }
            http {
                log_format arrivals '$msec $uri $status'; access_log \(folder)/arrivals arrivals;
                client_body_temp_path \(folder)/b; proxy_temp_path \(folder)/p; fastcgi_temp_path \(folder)/f;
                uwsgi_temp_path \(folder)/u; scgi_temp_path \(folder)/s;
                limit_req_zone $uri zone=hooks:1m rate=\(rate); limit_req_status 429;
                server {
                    listen 127.0.0.1:\(port);
                    location /free/ { return 204; }
                    location / { limit_req zone=hooks; error_page 429 = @slower; try_files /none @taken; }
                    location @taken { return 200 ok; }
                    location @slower { add_header Retry-After \(retryAfter) always; return 429; }
                }
            }
            """
        try configuration.write(toFile: folder + "/nginx.conf", atomically: true, encoding: .utf8)
        process = try Program.start(
            ["/usr/sbin/nginx", "-p", folder, "-c", folder + "/nginx.conf"], out: folder + "/nginx.out",
            err: folder + "/nginx.out")
        let port = port
        let answers = eventually { (try? Wire(port: port)) != nil }
        let words = (try? String(contentsOfFile: folder + "/nginx.err", encoding: .utf8)) ?? ""
        try #require(answers, "nginx does not start: \(words)")
    }

    /// What came, in order.
    var arrivals: [Line] {
        let text = (try? String(contentsOfFile: folder + "/arrivals", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 3, let moment = Double(parts[0]), let status = Int(parts[2]) else { return nil }
            return Line(moment: moment, path: String(parts[1]), status: status)
        }
    }

    func stop() {
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
    }

    static func freePort() throws -> Int {
        let receiver = try Receiver()
        defer { receiver.close() }
        return receiver.port
    }
}

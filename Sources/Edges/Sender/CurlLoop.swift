import CCurl
import Delivery

/// The loop around one multi handle. Everything here happens on the sender's own thread.
final class CurlLoop {
    private let multi: UnsafeMutableRawPointer
    private let mailbox: Mailbox
    private let settings: CurlSenderSettings
    private var pending: [Job] = []
    private var pendingStart = 0
    private var active: [UnsafeMutableRawPointer: Transfer] = [:]
    private var idle: [Transfer] = []

    init(multi: UnsafeMutableRawPointer, mailbox: Mailbox, settings: CurlSenderSettings) {
        self.multi = multi
        self.mailbox = mailbox
        self.settings = settings
        // Connections kept for reuse; one per channel is typical, and idle ones are closed after 45 s anyway.
        _ = im_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Int(settings.concurrentRequests) * 2)
    }

    /// Runs until a stop was asked for and carried out.
    func run() {
        while true {
            let (jobs, stopsAt) = mailbox.collect()
            pending += jobs
            if let stopsAt {
                refusePending()
                if active.isEmpty { break }
                if stopsAt <= .now {
                    abandonActive()
                    break
                }
            } else {
                startPending()
            }
            var running: Int32 = 0
            let code = curl_multi_perform(multi, &running)
            finishDone()
            let hasRoom = active.count < settings.concurrentRequests
            if stopsAt == nil ? pendingStart < pending.count && hasRoom : active.isEmpty { continue }
            if code != CURLM_OK { abandonActive() }  // out of memory, or a handle libcurl no longer knows
            wait(until: stopsAt)
        }
        end()
    }

    /// Waits for a socket, a timer of libcurl or a wake-up. libcurl shortens the time to its own next timer.
    private func wait(until stopsAt: ContinuousClock.Instant?) {
        var milliseconds: Int32 = 60_000
        if let stopsAt {
            let left = stopsAt - .now
            milliseconds = Int32(min(max(left / .milliseconds(1), 0), 60_000).rounded(.up))
        }
        curl_multi_poll(multi, nil, 0, milliseconds, nil)
    }

    private func startPending() {
        while pendingStart < pending.count, active.count < settings.concurrentRequests {
            let job = pending[pendingStart]
            pendingStart += 1
            start(job)
        }
        if pendingStart == pending.count {
            pending.removeAll(keepingCapacity: pending.capacity < 4096)
            pendingStart = 0
        } else if pendingStart > 4096 {
            pending.removeFirst(pendingStart)
            pendingStart = 0
        }
    }

    private func start(_ job: Job) {
        guard let transfer = idle.popLast() ?? Transfer() else {
            job.continuation.resume(returning: WireOutcome(.notSent(.other)))
            return
        }
        guard transfer.prepare(job, settings: settings) else {
            transfer.finish(WireOutcome(.refused(.badURL)))
            idle.append(transfer)
            return
        }
        guard curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
            transfer.finish(WireOutcome(.notSent(.other)))
            return
        }
        active[transfer.easy] = transfer
    }

    private func finishDone() {
        var result = CURLE_OK
        while let easy = im_curl_multi_next_done(multi, &result) {
            guard let transfer = active.removeValue(forKey: easy) else { continue }
            let outcome = transfer.outcome(of: result)
            curl_multi_remove_handle(multi, easy)
            transfer.finish(outcome)
            if idle.count < settings.concurrentRequests { idle.append(transfer) }
        }
    }

    private func refusePending() {
        for job in pending[pendingStart...] {
            job.continuation.resume(returning: WireOutcome(.notSent(.senderStopped)))
        }
        pending = []
        pendingStart = 0
    }

    /// Breaks off what is on the wire; whether a request had left decides what is told.
    private func abandonActive() {
        for transfer in active.values {
            let outcome = transfer.outcomeWhenAbandoned()
            curl_multi_remove_handle(multi, transfer.easy)
            transfer.finish(outcome)
        }
        active = [:]
    }

    private func end() {
        idle = []
        let (jobs, waiting) = mailbox.close()
        for job in jobs { job.continuation.resume(returning: WireOutcome(.notSent(.senderStopped))) }
        curl_multi_cleanup(multi)
        for continuation in waiting { continuation.resume() }
    }
}

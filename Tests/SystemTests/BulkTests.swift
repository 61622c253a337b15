import Foundation
import Testing

extension `The built program` {
    @Suite struct `A bulk of postings` {
        /// How the service ends while it matches.
        enum End: CaseIterable { case asked, killed }

        @Test func `is matched whole, though the service ends in the middle of it`() throws {
            try withFolder { folder in
                let origin = try filled(folder)
                let whole = try withFolder { try pairsAfter([], End.asked, Served(copying: origin, to: $0)) }
                #expect(whole.count > 50)
                for end in End.allCases {
                    // Ended at growing ages: while it reads, while it matches, while it writes.
                    let ages: [UInt32] = [0, 60_000, 150_000, 400_000]
                    let found = try withFolder { try pairsAfter(ages, end, Served(copying: origin, to: $0)) }
                    #expect(found == whole, "\(end): \(found.symmetricDifference(whole).sorted().prefix(5))")
                }
            }
        }

        /// What is matched when the service has ended at these ages, in microseconds, and is then left in peace.
        private func pairsAfter(_ ages: [UInt32], _ end: End, _ served: Served) throws -> Set<String> {
            for age in ages {
                try served.start()
                usleep(age)
                switch end {
                case .asked: #expect(served.stop().status == 0)
                case .killed: served.kill()
                }
            }
            try served.start()
            try expectMatched(served)
            #expect(served.stop().status == 0)
            return try pairs(served)
        }

        /// An exchange with the sample's participants and postings, nothing matched yet.
        private func filled(_ folder: String) throws -> Served {
            let served = try Served(in: folder)
            let sample = Program.root + "/Config/sample"
            let files = try FileManager.default.contentsOfDirectory(atPath: sample).sorted()
            for (kind, flags) in [("participants", []), ("postings", ["--publish"])] {
                let named = files.filter { $0.hasPrefix(kind) && $0.hasSuffix(".csv") }.map { "\(sample)/\($0)" }
                let ending = try served.run(["import", kind] + named + flags)
                try #require(ending.status == 0, "\(ending.err)")
            }
            return served
        }

        /// Waits until the matcher has followed the log to its end.
        private func expectMatched(_ served: Served) throws {
            let question = """
                SELECT (SELECT CAST(value AS INTEGER) FROM standing WHERE name = 'matcher.position')
                    >= (SELECT max(sequence) FROM happening WHERE subject LIKE 'need%' OR subject LIKE 'seed%')
                """
            #expect(eventually(within: 90) { (try? served.query(question)) == "1" }, "\(served.log.suffix(1_000))")
        }

        private func pairs(_ served: Served) throws -> Set<String> {
            let found = try served.query("SELECT need_id || ' ' || seed_id FROM match")
            let lines = found.split(separator: "\n").map(String.init)
            let pairs = Set(lines)
            #expect(pairs.count == lines.count, "a pair was written twice")
            return pairs
        }
    }
}

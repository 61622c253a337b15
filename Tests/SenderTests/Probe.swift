import Testing
@Suite struct `A probe` { @Test func `runs`() {} }

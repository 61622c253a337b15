import Exchange
import Foundation
import Testing
import WebConsole

@Suite struct `The catalogue of texts` {
    @Test func `can be read and fits every template`() throws {
        let catalogue = try Catalogue.embedded()
        #expect(catalogue.keys.count > 100)
        _ = try Renderer(catalogue)
    }
}

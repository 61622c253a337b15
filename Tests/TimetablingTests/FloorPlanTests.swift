import Testing
import Timetabling

@Suite struct `A floor plan` {
    private func drawn(_ inside: String) throws -> FloorPlan {
        try FloorPlan(svg: Array("<?xml version='1.0'?><!-- hall --><svg xmlns=\"x\">\(inside)</svg>".utf8))
    }

    @Test func `as a grid has rows back to back with aisles between`() throws {
        let plan = try FloorPlan(rows: 3, columns: 2)
        #expect(plan.stands.map(\.name) == ["A1", "A2", "B1", "B2", "C1", "C2"])
        #expect(plan.stands.map(\.y) == [0, 0, 6, 6, 9, 9])
        #expect(plan.closeness(0, 1) == 1 && plan.closeness(2, 4) == 1)
        let across = plan.closeness(0, 2)
        #expect(across >= FloorPlan.neighbourly && across < 1)
        #expect(plan.closeness(2, 5) < 1 && plan.closeness(2, 5) > plan.closeness(0, 5))
        #expect(plan.closeness(0, 4) == plan.closeness(4, 0))
    }

    @Test func `is read from a drawing with what its stands have`() throws {
        let plan = try drawn(
            """
            <rect id="frame" width="100" height="100"/>
            <g transform="translate(10 20) scale(2)">
              <rect data-stand="A&amp;1" x="1" y="1px" width="4" height="3" data-power="3000"
                data-supplies="water network" data-zone="quiet"/>
              <g transform="matrix(1,0,0,-1,0,0)"><rect data-stand='2' x="5" y="-4" width="4" height="3"/></g>
            </g><defs><rect data-stand="never" width="1" height="1"/></defs>
            """)
        #expect(
            plan.stands == [
                .init(
                    name: "A&1", x: 12, y: 22, width: 8, height: 6, power: 3000, supplies: [.water, .network],
                    zone: .quiet),
                .init(name: "2", x: 20, y: 22, width: 8, height: 6),
            ])
    }

    @Test func `without named stands takes rectangles with an id that hold no other`() throws {
        let plan = try drawn(
            """
            <rect id="sheet" width="100" height="100"/><rect id="a" width="5" height="5"/><rect width="3" height="3"/>
            <rect id="b" x="5" width="5" height="5"/>
            """)
        #expect(plan.stands.map(\.name) == ["a", "b"])
    }

    @Test(arguments: [
        "", "<rect width=\"1\" height=\"1\"/>", "<rect id=\"a\" width=\"x\" height=\"1\"/>", "<rect id=\"a\"",
        "<rect id=\"a\" width=\"0\" height=\"1\"/>", "<rect id=\"a\" width=\"nan\" height=\"1\"/>", "</g></svg></svg>",
        "<g transform=\"rotate(9)\"><rect id=\"a\" width=\"1\" height=\"1\"/></g>", "<rect id=a width=\"1\"/>",
        "<rect id=\"&xxe;\" width=\"1\" height=\"1\"/>", "<!DOCTYPE svg [<!ENTITY a \"b\">]>",
        "<rect id=\"a\" width=\"2\" height=\"2\"/><rect id=\"b\" x=\"1\" width=\"2\" height=\"2\"/>",
        "<rect id=\"a\" width=\"2\" height=\"2\" data-supplies=\"beer\"/>",
    ])
    func `that cannot be read is refused`(_ inside: String) {
        #expect(throws: MeetingProblemFault.self) { try drawn(inside) }
    }

    @Test func `is refused when nested too deep, too large or no drawing`() {
        #expect(throws: MeetingProblemFault.self) { try drawn(String(repeating: "<g>", count: 100)) }
        #expect(throws: MeetingProblemFault.self) { try FloorPlan(svg: Array("<html></html>".utf8)) }
        #expect(throws: MeetingProblemFault.self) { try FloorPlan(svg: Array(repeating: 0x20, count: 5_000_000)) }
        #expect(throws: MeetingProblemFault.self) { try FloorPlan(rows: 0, columns: 1) }
    }

    @Test(arguments: 0..<40) func `broken at random never harms`(_ seed: Int) {
        var dice = Dice(seed)
        var bytes = Array("<svg><g transform='translate(1,2)'><rect id='a' width='3' height='4'/></g></svg>".utf8)
        for _ in 0..<3 { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
        bytes.removeLast(dice.roll(20))
        if let plan = try? FloorPlan(svg: bytes) { #expect(!plan.stands.isEmpty) }
    }
}

/// An array in pages: changing one element of a copy copies one page, so that a snapshot beside a growing original
/// costs little.
struct Paged<Element: Sendable>: Sendable {
    private var pages: [ContiguousArray<Element>] = []
    /// The number of elements.
    private(set) var count = 0

    /// Elements of a page, as a power of two.
    private static var shift: Int { 10 }
    private static var mask: Int { 1 << shift - 1 }

    init() {}

    init(repeating element: Element, count: Int) {
        for _ in 0..<count { append(element) }
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        // Lent, not copied: a record holds many things that would have to be counted.
        _read { yield pages[index >> Self.shift][index & Self.mask] }
        _modify { yield &pages[index >> Self.shift][index & Self.mask] }
    }

    mutating func append(_ element: Element) {
        if count & Self.mask == 0 {
            var page = ContiguousArray<Element>()
            // Small things need no whole page.
            if count > 0 { page.reserveCapacity(Self.mask + 1) }
            pages.append(page)
        }
        pages[count >> Self.shift].append(element)
        count += 1
    }

    /// Bytes that the pages take, without what their elements hold elsewhere.
    var bytes: Int { pages.reduce(0) { $0 + $1.capacity * MemoryLayout<Element>.stride + 32 } }
}

extension Paged: RandomAccessCollection {
    var startIndex: Int { 0 }
    var endIndex: Int { count }
}

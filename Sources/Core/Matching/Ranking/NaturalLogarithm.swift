#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Natural logarithm of a positive number.
@inline(__always)
func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// A positive number to a power.
@inline(__always)
func power(_ x: Double, _ exponent: Double) -> Double { exponent == 1 ? x : pow(x, exponent) }

/// e to a power.
@inline(__always)
func exponential(_ x: Double) -> Double { exp(x) }

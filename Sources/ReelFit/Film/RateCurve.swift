#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// What the bytes of a film do near a constant rate factor, as far as samples of it tell.
struct RateCurve: Sendable, Hashable {
    /// At which the samples were coded.
    var factor: Double
    /// The film's bytes at it, over those that there are.
    var share: Double
    /// How much the factor rises until the bytes have halved.
    var halving: Double

    /// The factor at which the film comes to the bytes that there are.
    var needed: Double { factor + halving * log2(max(share, 1e-6)) }
}

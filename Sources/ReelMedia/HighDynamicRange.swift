/// The two curves of ITU-R BT.2100, by which samples stand for more light than a standard display has.
public enum HighDynamicRange: Sendable, Hashable {
    /// PQ, also SMPTE ST 2084: the light of the display itself, up to 10 000 cd/m2.
    case perceptualQuantizer
    /// HLG, also ARIB STD-B67: the light of the scene, which a display shows as far as its peak goes.
    case hybridLogGamma
}

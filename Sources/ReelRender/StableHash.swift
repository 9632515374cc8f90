/// The 64-bit FNV-1a hash of a text: the same on every machine and in every run, which Swift's own is not.
func stableHash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}

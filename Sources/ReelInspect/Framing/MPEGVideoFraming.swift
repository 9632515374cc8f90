/// MPEG-1 and MPEG-2 video (ISO/IEC 13818-2, 6.2.2.6): whether a group is closed.
final class MPEGVideoFraming: CodedFraming {
    func read(_ packet: CodedBytes) -> PacketReading {
        var reading = PacketReading()
        // The header of a group stands before the picture, behind a sequence's header and its extensions.
        let last = min(packet.count, 1024) - 8
        var at = 0
        while at <= last {
            if packet[at] == 0, packet[at + 1] == 0, packet[at + 2] == 1 {
                if packet[at + 3] == 0xB8 {
                    reading.entry = packet[at + 7] & 0x40 != 0 ? .clean : .open
                    return reading
                }
                if packet[at + 3] == 0 { return reading }
            }
            at += 1
        }
        return reading
    }
}

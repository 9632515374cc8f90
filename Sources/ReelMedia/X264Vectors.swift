internal import CFFmpeg

/// Which of the processor's vectors x264 may use.
enum X264Vectors {
    /// The encoder's options, with AVX-512 left out where the processor has it. With it, x264 (build 164) reads memory
    /// that nobody wrote when it looks ahead over pictures whose width in macroblocks is no multiple of its vectors
    /// (720, 608, 480 … pixels): the same pictures then give other bytes from one run to the next. It costs no time
    /// that can be measured.
    static func limit(_ options: [String: String]) -> [String: String] {
        #if arch(x86_64)
            guard av_get_cpu_flags() & AV_CPU_FLAG_AVX512 != 0 else { return options }
            var options = options
            // The processor has AVX-512, so it has this; x264 takes all that came before it along.
            let vectors = "asm=AVX2,FMA3,BMI1,BMI2"
            options["x264-params"] = options["x264-params"].map { "\($0):\(vectors)" } ?? vectors
            return options
        #else
            return options
        #endif
    }
}

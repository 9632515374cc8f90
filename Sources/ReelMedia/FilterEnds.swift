internal import CFFmpeg
internal import ReelModel

/// Makes the ends of a graph and joins them to its description.
struct FilterEnds {
    typealias Filter = UnsafeMutablePointer<AVFilterContext>

    let graph: UnsafeMutablePointer<AVFilterGraph>
    let error: MediaError

    func sources(_ inputs: [FilterInput]) throws(Failure) -> [String: Filter] {
        var made: [String: Filter] = [:]
        for input in inputs {
            switch input {
            case .video(let label, let size, let format, let timeBase, let rate, let aspect):
                var arguments =
                    "video_size=\(size.width)x\(size.height):pix_fmt=\(format.name)"
                    + ":time_base=\(timeBase.numerator)/\(timeBase.denominator)"
                if let rate { arguments += ":frame_rate=\(rate.numerator)/\(rate.denominator)" }
                if let aspect { arguments += ":pixel_aspect=\(aspect.numerator)/\(aspect.denominator)" }
                made[label] = try filter("buffer", label, arguments)
            case .audio(let label, let sampleRate, let format, let layout, let timeBase):
                made[label] = try filter(
                    "abuffer", label,
                    "sample_rate=\(sampleRate):sample_fmt=\(format.name):channel_layout=\(layout)"
                        + ":time_base=\(timeBase.numerator)/\(timeBase.denominator)")
            }
        }
        return made
    }

    func sinks(_ outputs: [FilterOutput]) throws(Failure) -> [String: Filter] {
        var made: [String: Filter] = [:]
        for output in outputs {
            switch output {
            case .video(let label): made[label] = try filter("buffersink", label, nil)
            case .audio(let label): made[label] = try filter("abuffersink", label, nil)
            }
        }
        return made
    }

    /// What flows out of our sources are, to the parser, the open outputs; what flows into our sinks its open inputs.
    func connect(
        _ description: String, from inputLabels: [String], _ sources: [String: Filter], to outputLabels: [String],
        _ sinks: [String: Filter]
    ) throws(Failure) {
        var open = try list(inputLabels, sources)
        var wanted: UnsafeMutablePointer<AVFilterInOut>?
        do throws(Failure) {
            wanted = try list(outputLabels, sinks)
        } catch {
            avfilter_inout_free(&open)
            throw error
        }
        let result = avfilter_graph_parse_ptr(graph, description, &wanted, &open, nil)
        let loose = wanted ?? open
        let label = loose?.pointee.name.map { String(cString: $0) }
        avfilter_inout_free(&wanted)
        avfilter_inout_free(&open)
        try error.check(result, "avfilter_graph_parse_ptr")
        if let label {
            throw Failure(
                .notDone, subject: error.subject, problem: "the filter graph leaves its end \(label) open",
                remedy: "Use every label in the description")
        }
        try error.check(avfilter_graph_config(graph, nil), "avfilter_graph_config")
    }

    private func filter(_ kind: String, _ label: String, _ arguments: String?) throws(Failure) -> Filter {
        var made: Filter?
        let result = avfilter_graph_create_filter(&made, avfilter_get_by_name(kind), label, arguments, nil, graph)
        try error.check(result, "avfilter_graph_create_filter (\(kind))")
        return try error.check(made, "avfilter_graph_create_filter (\(kind))")
    }

    private func list(
        _ labels: [String], _ ends: [String: Filter]
    ) throws(Failure) -> UnsafeMutablePointer<AVFilterInOut>? {
        var first: UnsafeMutablePointer<AVFilterInOut>?
        for label in labels.reversed() {
            guard let entry = avfilter_inout_alloc() else {
                avfilter_inout_free(&first)
                throw Failure.noMemory(error.subject)
            }
            entry.pointee.name = av_strdup(label)
            entry.pointee.filter_ctx = ends[label]
            entry.pointee.pad_idx = 0
            entry.pointee.next = first
            first = entry
        }
        return first
    }
}

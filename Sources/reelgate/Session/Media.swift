import ReelModel
import ReelPipeline
import ReelRemote
import ReelWorker

/// The media worker of this process.
enum Media {
    static func service() -> WorkerService {
        WorkerService(WorkerService.Configuration(executable: WorkerService.defaultExecutable()))
    }

    /// Reads files at addresses too.
    static func examiner(_ service: any MediaService) -> Examiner {
        Examiner(media: service) { try Settings.load().transport(allowsPlainHTTP: true) }
    }

    /// This tool, with the libraries that took part: those of the worker, where one was needed.
    static func tool(_ files: [FileReport], _ service: any MediaService) async -> Report.Tool {
        let worked = files.contains { file in
            file.fit?.outcome != nil || file.facts.map { $0.depth > .header } == true
        }
        let libraries = worked ? (try? await service.libraries()) ?? [:] : [:]
        return Report.Tool(version: Version.text, libraries: libraries)
    }
}

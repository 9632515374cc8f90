extension Fault {
    static let downloadMissing = Fault(
        name: "download-missing", summary: "404 for a film that is there.",
        occasions: \.isDownload, refuse: { _ in .notFound })
}

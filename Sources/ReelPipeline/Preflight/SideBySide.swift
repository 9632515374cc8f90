/// Work on many items at once whose results are wanted in the items' order.
public enum SideBySide {
    /// Items that are begun before the oldest has its result. More than there are processors, because some wait for the
    /// worker; few enough that their open files and results weigh nothing.
    public static let width = 32

    /// Carries out `work` for each item and hands each result to `finish` as soon as those before it are handed over.
    ///
    /// - Throws: `CancellationError` when the task was cancelled; what was handed over until then stands.
    public static func run<Item: Sendable, Output: Sendable>(
        _ items: [Item], width: Int = width, work: @escaping @Sendable (Item) async -> Output,
        finish: (Output) -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Output).self) { group in
            var begun = 0
            var handedOver = 0
            var ahead: [Int: Output] = [:]
            while handedOver < items.count {
                while begun < items.count, begun - handedOver < width {
                    let (place, item) = (begun, items[begun])
                    group.addTask { (place, await work(item)) }
                    begun += 1
                }
                guard let (place, output) = try await group.next() else { return }
                try Task.checkCancellation()
                ahead[place] = output
                while let next = ahead.removeValue(forKey: handedOver) {
                    finish(next)
                    handedOver += 1
                }
            }
        }
    }
}

import ArgumentParser
import ReelModel

/// What every subcommand is: something that ends in a status. Failures become a line on standard error and their exit
/// code here, and nowhere else.
protocol ReelgateCommand: AsyncParsableCommand, Sendable {
    func carryOut() async throws -> ExitStatus
}

extension ReelgateCommand {
    mutating func run() async throws {
        let command = self
        let status: ExitStatus
        do {
            status = try await Interruption.cancelling { try await command.carryOut() }
        } catch let failure as Failure {
            Terminal.shared.note("reelgate: \(failure)")
            status = ExitStatus(failure)
        } catch is CancellationError {
            Terminal.shared.note("reelgate: interrupted")
            status = .interrupted
        }
        status.end()
    }
}

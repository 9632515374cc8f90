public import ReelModel

/// What a run tells while it goes on. Nothing in it is secret.
public enum RunEvent: Sendable {
    case connecting
    case ready
    /// A run is in the journal under this id.
    case opened(run: String)
    /// An input was judged.
    case checked(FileReport)
    /// A copy that passes is being made; from 0 to 1.
    case fitting(name: String, fraction: Double)
    case fitted(name: String, FitReport)
    /// Bytes on their way, from 0 to 1.
    case uploading(name: String, fraction: Double)
    /// The agent's words, as they come.
    case agent(String)
    /// The backend is at work and has nothing to say.
    case stillWorking
    /// The stream ended without words, or was cut; the state is asked.
    case askingState(why: String)
    /// The timeline, in one line.
    case timeline(String)
    case rendering(fraction: Double)
    case downloading(fraction: Double)
    case verifying(fraction: Double)
    /// Something that a person would want to know.
    case note(String)
}

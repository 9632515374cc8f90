public import ReelModel
public import ReelRemote

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
    /// What the agent's words ask for, where they believe in a window to click in.
    case asked(InterfaceTalk.Action)
    /// What has changed in the session, a line each.
    case changed([String])
    /// Credits that were available before and after the prompt.
    case credits(before: Int64, after: Int64)
    /// The timeline, in one line.
    case timeline(String)
    case rendering(fraction: Double)
    case downloading(fraction: Double)
    case verifying(fraction: Double)
    /// Something that a person would want to know.
    case note(String)
}

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Threads for what blocks: the threads of the concurrency pool are as many as the processor's cores, and a blocked one
/// is lost to everybody.
package enum DedicatedThread {
    /// Runs `body` on a new thread, which ends with it. `stackSize` is in bytes; `nil` is the system's usual size.
    /// Returns whether a thread could be made.
    package static func start(stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
        if let stackSize, pthread_attr_setstacksize(&attributes, stackSize) != 0 { return false }
        let box = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        let error = create(&attributes, box)
        if error != 0 { Unmanaged<ThreadBody>.fromOpaque(box).release() }
        return error == 0
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

// The pointer types of pthread_create differ, and so there are two of each. They are functions of the file because
// Swift 6.3.1 crashes in its check for data races when they are closures in the type above.
#if canImport(Glibc)
    private func create(_ attributes: UnsafePointer<pthread_attr_t>, _ box: UnsafeMutableRawPointer) -> CInt {
        var thread = pthread_t()
        return pthread_create(&thread, attributes, enter, box)
    }

    private func enter(_ box: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let box { Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run() }
        return nil
    }
#else
    private func create(_ attributes: UnsafePointer<pthread_attr_t>, _ box: UnsafeMutableRawPointer) -> CInt {
        var thread: pthread_t?
        return pthread_create(&thread, attributes, enter, box)
    }

    private func enter(_ box: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<ThreadBody>.fromOpaque(box).takeRetainedValue().run()
        return nil
    }
#endif

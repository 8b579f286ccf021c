internal import Glibc

/// The words for the last failed system call.
enum FileFailure {
    static var reason: String { String(cString: strerror(errno)) }
}

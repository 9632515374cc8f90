// Messages that carry open descriptors over a UNIX socket, and the start of the process at its other end. In C because
// the CMSG macros that lay out the ancillary data are not imported into Swift, and because what posix_spawn takes is
// laid out differently on each system.
#ifndef REELGATE_CDESCRIPTORS_H
#define REELGATE_CDESCRIPTORS_H

#include <stddef.h>
#include <sys/types.h>

/// The most descriptors that one message may carry: what the Linux kernel allows (SCM_MAX_FD).
#define REEL_MAX_DESCRIPTORS 253

/// Sends `length` bytes and `count` descriptors (at most REEL_MAX_DESCRIPTORS), which arrive with the first byte.
/// Returns 0, or the errno of the failure (EPIPE when the other side is gone; never raises SIGPIPE).
int reel_send_with_descriptors(int socket, const void *bytes, size_t length, const int *descriptors, size_t count);

/// Receives at most `capacity` bytes, and the descriptors that came with them (close-on-exec; `*count` is in: room,
/// out: how many; those beyond the room are closed). Returns the bytes read, 0 at the end of the stream, or minus the
/// errno.
ssize_t reel_receive_with_descriptors(int socket, void *bytes, size_t capacity, int *descriptors, size_t *count);

/// Makes a pair of connected stream sockets, both close-on-exec. Returns 0, or the errno of the failure.
int reel_socket_pair(int ends[2]);

/// Makes a pipe, both ends close-on-exec: ends[0] to read from. Returns 0, or the errno of the failure.
int reel_pipe(int ends[2]);

/// Starts a program in a process group of its own, with default signal actions and none blocked: standard input and
/// output are /dev/null, standard error is `errors`, descriptor 3 is `socket`, and no other descriptor is open in it.
/// Returns 0, or the errno of the failure.
int reel_spawn(
    const char *path, char *const arguments[], char *const environment[], int socket, int errors, pid_t *process);

/// What a program that was started in this way does first, where the system can: it can never gain rights by executing
/// anything, and it is killed when the thread that started it ends. In C because prctl is variadic. Returns 0, or the
/// errno of the failure.
int reel_settle_in(void);

/// Sets how large a file that process may write, up to what it could set itself. Returns 0, or the errno of the failure
/// (ENOSYS where no process can set it for another).
int reel_limit_files(pid_t process, unsigned long long bytes);

#endif

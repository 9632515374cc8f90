// What a process gives up for good: files (Landlock) and system calls (seccomp). In C because Landlock has no library,
// and because libseccomp is made of macros and variadic functions, which Swift does not import.
#ifndef REELGATE_CCAGE_H
#define REELGATE_CCAGE_H

#include <stdbool.h>
#include <stddef.h>

/// No file can be opened from here on but those at or below `readable` (`count` paths, for reading; those that do not
/// exist are left out) and those in the folder open at `scratch` (for everything but execution; below 0: there is
/// none). No TCP connection can be made or accepted, no other process signalled, as far as the kernel knows of these.
/// Descriptors that are open stay as they are. It holds for this thread and those that it makes, for good.
/// Returns 0; ENOSYS where the kernel has no Landlock, or has it switched off; else the errno of the failure.
int reel_cage_files(const char *const readable[], size_t count, int scratch);

/// No system call can be made from here on but those that reading, writing and computing need; the only socket is the
/// one open at `socket`. A file can be opened for writing only where `writes` (for where `reel_cage_files` cannot tell
/// files apart). What is refused, and how, stands with the list. It holds for every thread, for good.
/// Returns 0; ENOSYS where the kernel has no filters; else the errno of the failure.
int reel_cage_calls(int socket, bool writes);

#endif

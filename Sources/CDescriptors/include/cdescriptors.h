// Messages that carry open descriptors over a UNIX socket. In C because the CMSG macros that lay out the ancillary
// data are not imported into Swift, and their layout differs between systems.
#ifndef REELGATE_CDESCRIPTORS_H
#define REELGATE_CDESCRIPTORS_H

#include <stddef.h>
#include <sys/types.h>

/// The most descriptors that one message may carry.
#define REEL_MAX_DESCRIPTORS 64

/// Sends `length` bytes and `count` descriptors (at most REEL_MAX_DESCRIPTORS), which arrive with the first byte.
/// Returns 0, or the errno of the failure (EPIPE when the other side is gone; never raises SIGPIPE).
int reel_send_with_descriptors(int socket, const void *bytes, size_t length, const int *descriptors, size_t count);

/// Receives at most `capacity` bytes, and the descriptors that came with them (close-on-exec; `*count` is in: room,
/// out: how many). Returns the bytes read, 0 at the end of the stream, or minus the errno.
ssize_t reel_receive_with_descriptors(int socket, void *bytes, size_t capacity, int *descriptors, size_t *count);

#endif

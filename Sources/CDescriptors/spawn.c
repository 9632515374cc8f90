// addclosefrom_np, pipe2 and SOCK_CLOEXEC.
#define _GNU_SOURCE
#include "cdescriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/// The descriptor on which a started program finds its socket.
static const int socket_place = 3;

#ifndef __linux__
static int close_on_exec(int ends[2]) {
    for (int i = 0; i < 2; i++) {
        if (fcntl(ends[i], F_SETFD, FD_CLOEXEC) == 0) continue;
        int error = errno;
        close(ends[0]);
        close(ends[1]);
        return error;
    }
    return 0;
}
#endif

int reel_socket_pair(int ends[2]) {
#ifdef __linux__
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 ? 0 : errno;
#else
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return errno;
    // MSG_NOSIGNAL does not exist here.
    int yes = 1;
    for (int i = 0; i < 2; i++) setsockopt(ends[i], SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
    return close_on_exec(ends);
#endif
}

int reel_pipe(int ends[2]) {
#ifdef __linux__
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
#else
    return pipe(ends) == 0 ? close_on_exec(ends) : errno;
#endif
}

static int describe(
    posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int socket, int errors) {
    int error;
    short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    if ((error = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0))) return error;
    if ((error = posix_spawn_file_actions_addopen(actions, 1, "/dev/null", O_WRONLY, 0))) return error;
    if ((error = posix_spawn_file_actions_adddup2(actions, errors, 2))) return error;
    if ((error = posix_spawn_file_actions_adddup2(actions, socket, socket_place))) return error;
#ifdef __linux__
    if ((error = posix_spawn_file_actions_addclosefrom_np(actions, socket_place + 1))) return error;
#else
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
    // A group of its own: Ctrl-C in a terminal is for the front, which then ends the worker itself.
    if ((error = posix_spawnattr_setpgroup(attributes, 0))) return error;
    if ((error = posix_spawnattr_setsigmask(attributes, &none))) return error;
    if ((error = posix_spawnattr_setsigdefault(attributes, &all))) return error;
    return posix_spawnattr_setflags(attributes, flags);
}

int reel_spawn(
    const char *path, char *const arguments[], char *const environment[], int socket, int errors, pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = 0;
    // Out of the way of the places that they are about to be copied to.
    int high_socket = fcntl(socket, F_DUPFD_CLOEXEC, 16);
    if (high_socket < 0) return errno;
    int high_errors = fcntl(errors, F_DUPFD_CLOEXEC, 16);
    if (high_errors < 0) {
        error = errno;
        close(high_socket);
        return error;
    }
    if (!(error = posix_spawn_file_actions_init(&actions))) {
        if (!(error = posix_spawnattr_init(&attributes))) {
            error = describe(&actions, &attributes, high_socket, high_errors);
            if (!error) error = posix_spawn(process, path, &actions, &attributes, arguments, environment);
            posix_spawnattr_destroy(&attributes);
        }
        posix_spawn_file_actions_destroy(&actions);
    }
    close(high_errors);
    close(high_socket);
    return error;
}

int reel_settle_in(void) {
#ifdef __linux__
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return errno;
#endif
    return 0;
}

int reel_limit_files(pid_t process, unsigned long long bytes) {
#ifdef __linux__
    struct rlimit limit;
    if (prlimit(process, RLIMIT_FSIZE, NULL, &limit) != 0) return errno;
    limit.rlim_cur = bytes < limit.rlim_max ? (rlim_t)bytes : limit.rlim_max;
    return prlimit(process, RLIMIT_FSIZE, &limit, NULL) == 0 ? 0 : errno;
#else
    (void)process, (void)bytes;
    return ENOSYS;
#endif
}

// CLONE_THREAD.
#define _GNU_SOURCE
#include "ccage.h"

#include <errno.h>

#ifndef __linux__

int reel_cage_calls(int socket, bool writes) {
    (void)socket, (void)writes;
    return ENOSYS;
}

#else

#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

// What is on none of these lists is answered with ENOSYS, as by a kernel that does not know it: libraries try new calls
// first and then do without (clone3 is meant to be among these: a filter cannot see its flags, and pthread_create falls
// back to clone). So a C library that is newer than this list keeps working.

/// Memory, threads, time, and files that are open.
static const int allowed[] = {
    // Open files.
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(pwrite64),
    SCMP_SYS(preadv), SCMP_SYS(pwritev), SCMP_SYS(preadv2), SCMP_SYS(pwritev2), SCMP_SYS(lseek), SCMP_SYS(_llseek),
    SCMP_SYS(close), SCMP_SYS(close_range), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(fstat),
    SCMP_SYS(fstat64), SCMP_SYS(fstatfs), SCMP_SYS(ftruncate), SCMP_SYS(ftruncate64), SCMP_SYS(fallocate),
    SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(fadvise64), SCMP_SYS(fadvise64_64), SCMP_SYS(readahead),
    SCMP_SYS(getdents64), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6),
    // Names: which of them can be reached, Landlock decides. Asking after one opens nothing.
    SCMP_SYS(stat), SCMP_SYS(stat64), SCMP_SYS(lstat), SCMP_SYS(lstat64), SCMP_SYS(newfstatat), SCMP_SYS(fstatat64),
    SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(getcwd), SCMP_SYS(umask),
    // Memory that is not executable; see below for mmap and mprotect.
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mincore), SCMP_SYS(msync),
    SCMP_SYS(membarrier),
    // Threads of our own.
    SCMP_SYS(futex), SCMP_SYS(futex_waitv), SCMP_SYS(set_robust_list), SCMP_SYS(get_robust_list), SCMP_SYS(rseq),
    SCMP_SYS(set_tid_address), SCMP_SYS(gettid), SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_get_priority_max), SCMP_SYS(sched_get_priority_min), SCMP_SYS(getcpu), SCMP_SYS(exit),
    SCMP_SYS(exit_group), SCMP_SYS(restart_syscall),
    // Signals that reach us.
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigpending),
    SCMP_SYS(rt_sigsuspend), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sigaltstack), SCMP_SYS(sigreturn), SCMP_SYS(pause),
    // The clock, the machine, and what we ourselves are and use.
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(getrandom),
    SCMP_SYS(uname), SCMP_SYS(sysinfo), SCMP_SYS(getrusage), SCMP_SYS(getrlimit), SCMP_SYS(ugetrlimit),
    SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getpgid), SCMP_SYS(getpgrp),
    SCMP_SYS(getpriority),
};

/// For the folder of scratch files, and nowhere else where there is Landlock.
static const int writing[] = {
    SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2),
};

/// Answered with EACCES: a library may ask for these in good faith (a log, a name service, a display) and does without.
static const int refused[] = {
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
    SCMP_SYS(accept4), SCMP_SYS(sendmmsg), SCMP_SYS(recvmmsg), SCMP_SYS(setsockopt), SCMP_SYS(getsockopt),
    SCMP_SYS(shutdown), SCMP_SYS(getsockname), SCMP_SYS(getpeername),
    SCMP_SYS(kill), SCMP_SYS(tkill), SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo),
    SCMP_SYS(pidfd_send_signal), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd),
    SCMP_SYS(setrlimit), SCMP_SYS(setpriority), SCMP_SYS(sched_setaffinity), SCMP_SYS(sched_setscheduler),
    SCMP_SYS(sched_setparam), SCMP_SYS(sched_setattr),
    SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(fchownat),
    SCMP_SYS(lchown), SCMP_SYS(truncate), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(link),
    SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(mknod), SCMP_SYS(mknodat),
    SCMP_SYS(utimensat), SCMP_SYS(setxattr), SCMP_SYS(lsetxattr), SCMP_SYS(fsetxattr), SCMP_SYS(chdir),
    SCMP_SYS(fchdir), SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(msgget), SCMP_SYS(semget), SCMP_SYS(mq_open),
    SCMP_SYS(memfd_create), SCMP_SYS(inotify_init1), SCMP_SYS(fanotify_init),
};

/// Kill the process at once: nothing that decodes or draws ever asks for these, so whoever does has got the better of
/// a decoder, and shall not try anything else.
static const int deadly[] = {
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(process_madvise), SCMP_SYS(kcmp),
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(move_mount),
    SCMP_SYS(open_tree), SCMP_SYS(fsopen), SCMP_SYS(fsmount), SCMP_SYS(fsconfig), SCMP_SYS(fspick),
    SCMP_SYS(mount_setattr), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
    SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(seccomp), SCMP_SYS(personality),
    SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(acct),
    SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(modify_ldt), SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid),
    SCMP_SYS(setregid), SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(setfsuid),
    SCMP_SYS(setfsgid), SCMP_SYS(capset), SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at),
    SCMP_SYS(quotactl), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(sethostname), SCMP_SYS(syslog),
};

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

#define COUNT(list) (sizeof(list) / sizeof *(list))

static int add_all(scmp_filter_ctx filter, uint32_t action, const int calls[], size_t count) {
    int error = 0;
    for (size_t i = 0; i < count && !error; i++) error = seccomp_rule_add_array(filter, action, calls[i], 0, NULL);
    return error;
}

static int add(scmp_filter_ctx filter, uint32_t action, int call, struct scmp_arg_cmp where) {
    return seccomp_rule_add_array(filter, action, call, 1, &where);
}

/// Those that are allowed for some arguments only.
static int add_conditional(scmp_filter_ctx filter, int socket, bool writes) {
    const uint32_t allow = SCMP_ACT_ALLOW, refuse = SCMP_ACT_ERRNO(EACCES), kill = SCMP_ACT_KILL_PROCESS;
    int error = 0;
#define TRY(step) if (!error) error = (step)
    // A thread shares all with us; a process would not.
    TRY(add(filter, allow, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)));
    TRY(add(filter, kill, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)));
    // No code but that which was there at the start.
    const int mappings[] = {SCMP_SYS(mmap), SCMP_SYS(mmap2), SCMP_SYS(mprotect), SCMP_SYS(pkey_mprotect)};
    for (size_t i = 0; i < COUNT(mappings); i++) {
        TRY(add(filter, allow, mappings[i], SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)));
        TRY(add(filter, refuse, mappings[i], SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)));
    }
    // The front, and nobody else. Over a connected stream socket no address can be named.
    const int messages[] = {SCMP_SYS(sendmsg), SCMP_SYS(recvmsg), SCMP_SYS(sendto), SCMP_SYS(recvfrom)};
    for (size_t i = 0; i < COUNT(messages); i++) {
        TRY(add(filter, allow, messages[i], SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)socket)));
        TRY(add(filter, refuse, messages[i], SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)socket)));
    }
    // What abort and raise use.
    TRY(add(filter, allow, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())));
    TRY(add(filter, refuse, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_NE, (scmp_datum_t)getpid())));
    // Reading our own limits, not setting anybody's.
    TRY(add(filter, allow, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_EQ, 0)));
    TRY(add(filter, refuse, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_NE, 0)));
    // Names of threads and, since glibc 2.38, of memory.
    TRY(add(filter, allow, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)));
    TRY(add(filter, allow, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_GET_NAME)));
    TRY(add(filter, allow, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_VMA)));
    // Whatever asks a file whether it is a terminal learns that it is none.
    TRY(seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0, NULL));
    const int commands[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL};
    const int controls[] = {SCMP_SYS(fcntl), SCMP_SYS(fcntl64)};
    for (size_t i = 0; i < COUNT(controls); i++)
        for (size_t j = 0; j < COUNT(commands); j++)
            TRY(add(filter, allow, controls[i], SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)commands[j])));
    if (writes) {
        TRY(seccomp_rule_add_array(filter, allow, SCMP_SYS(open), 0, NULL));
        TRY(seccomp_rule_add_array(filter, allow, SCMP_SYS(openat), 0, NULL));
        TRY(add_all(filter, allow, writing, COUNT(writing)));
    } else {
        const scmp_datum_t changes = O_ACCMODE | O_CREAT | O_TRUNC;
        TRY(add(filter, allow, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, changes, O_RDONLY)));
        TRY(add(filter, allow, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, changes, O_RDONLY)));
        TRY(add_all(filter, refuse, writing, COUNT(writing)));
    }
#undef TRY
    return error;
}

int reel_cage_calls(int socket, bool writes) {
    // A kernel that was built without filters does not know the question.
    if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0) return ENOSYS;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter) return ENOMEM;
    int error = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    // For every thread that a library has started already.
    if (!error) error = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    // A tree instead of a chain, for the sake of speed; the filter is the same without.
    (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    if (!error) error = add_all(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
    if (!error) error = add_all(filter, SCMP_ACT_ERRNO(EACCES), refused, COUNT(refused));
    if (!error) error = add_all(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly));
    if (!error) error = add_conditional(filter, socket, writes);
    if (!error) error = seccomp_load(filter);
    seccomp_release(filter);
    return -error;
}

#endif

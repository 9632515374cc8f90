// syscall and O_PATH.
#define _GNU_SOURCE
#include "ccage.h"

#include <errno.h>

#ifndef __linux__

int reel_cage_files(const char *const readable[], size_t count, int scratch) {
    (void)readable, (void)count, (void)scratch;
    return ENOSYS;
}

#else

#include <fcntl.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

// The kernel's own numbers (include/uapi/linux/landlock.h): the headers of many systems are older than their kernels.
// The system calls have the same numbers on every architecture.
#define CREATE_RULESET 444
#define ADD_RULE 445
#define RESTRICT_SELF 446
#define ASK_VERSION 1
#define PATH_BENEATH 1

#define WRITE_FILE (1ull << 1)
#define READ_FILE (1ull << 2)
#define READ_FOLDER (1ull << 3)
#define REMOVE_FILE (1ull << 5)
#define MAKE_REGULAR (1ull << 8)
#define TRUNCATE (1ull << 14)

struct ruleset {
    uint64_t files, network, scope;
};

struct path_beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

/// Every right that this version of Landlock can take away: it takes away those that are named, and no others.
/// `*size` is how much of the result the version knows.
static struct ruleset all_rights(long version, size_t *size) {
    struct ruleset rules = {(1ull << 13) - 1, 0, 0};
    *size = sizeof rules.files;
    if (version >= 2) rules.files |= 1ull << 13;  // Moving from folder to folder.
    if (version >= 3) rules.files |= TRUNCATE;
    if (version >= 4) {
        rules.network = 1ull << 0 | 1ull << 1;  // Binding and connecting TCP sockets.
        *size += sizeof rules.network;
    }
    if (version >= 5) rules.files |= 1ull << 15;  // Commands to devices.
    if (version >= 6) {
        rules.scope = 1ull << 0 | 1ull << 1;  // Abstract UNIX sockets, and signals, of whoever is outside.
        *size += sizeof rules.scope;
    }
    return rules;
}

static int allow(int rules, int parent, uint64_t rights, uint64_t known) {
    struct path_beneath rule = {rights & known, parent};
    return syscall(ADD_RULE, rules, PATH_BENEATH, &rule, 0) == 0 ? 0 : errno;
}

static int allow_reading(int rules, const char *path, uint64_t known) {
    int file = open(path, O_PATH | O_CLOEXEC);
    // What is not there, or not for us, need not be allowed.
    if (file < 0) return 0;
    struct stat status;
    int error = 0;
    if (fstat(file, &status) != 0) error = errno;
    else error = allow(rules, file, S_ISDIR(status.st_mode) ? READ_FILE | READ_FOLDER : READ_FILE, known);
    close(file);
    return error;
}

int reel_cage_files(const char *const readable[], size_t count, int scratch) {
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
    // EOPNOTSUPP: the kernel has it, and was started without. EPERM: a container's own filter knows it not.
    if (version < 0) return errno == EOPNOTSUPP || errno == EPERM ? ENOSYS : errno;
    size_t size;
    struct ruleset attributes = all_rights(version, &size);
    int rules = (int)syscall(CREATE_RULESET, &attributes, size, 0);
    if (rules < 0) return errno;
    int error = 0;
    for (size_t i = 0; i < count && !error; i++) error = allow_reading(rules, readable[i], attributes.files);
    if (!error && scratch >= 0)
        error = allow(
            rules, scratch, READ_FILE | WRITE_FILE | TRUNCATE | MAKE_REGULAR | REMOVE_FILE, attributes.files);
    if (!error && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) error = errno;
    if (!error && syscall(RESTRICT_SELF, rules, 0) != 0) error = errno;
    close(rules);
    return error;
}

#endif

#include "cdescriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif
#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0
#endif

union ancillary {
    char bytes[CMSG_SPACE(sizeof(int) * REEL_MAX_DESCRIPTORS)];
    struct cmsghdr alignment;
};

int reel_send_with_descriptors(int socket, const void *bytes, size_t length, const int *descriptors, size_t count) {
    if (count > REEL_MAX_DESCRIPTORS) return EINVAL;
    size_t sent = 0;
    while (sent < length) {
        struct iovec part = {(char *)bytes + sent, length - sent};
        struct msghdr message;
        union ancillary room;
        memset(&message, 0, sizeof message);
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        if (sent == 0 && count > 0) {
            memset(&room, 0, sizeof room);
            message.msg_control = room.bytes;
            message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
            struct cmsghdr *header = CMSG_FIRSTHDR(&message);
            header->cmsg_level = SOL_SOCKET;
            header->cmsg_type = SCM_RIGHTS;
            header->cmsg_len = CMSG_LEN(sizeof(int) * count);
            memcpy(CMSG_DATA(header), descriptors, sizeof(int) * count);
        }
        ssize_t n = sendmsg(socket, &message, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EINTR) continue;
            return errno;
        }
        sent += (size_t)n;
    }
    return 0;
}

ssize_t reel_receive_with_descriptors(int socket, void *bytes, size_t capacity, int *descriptors, size_t *count) {
    size_t room_for = *count;
    *count = 0;
    for (;;) {
        struct iovec part = {bytes, capacity};
        struct msghdr message;
        union ancillary room;
        memset(&message, 0, sizeof message);
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = room.bytes;
        message.msg_controllen = sizeof room.bytes;
        ssize_t n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
        if (n < 0) {
            if (errno == EINTR) continue;
            return -errno;
        }
        for (struct cmsghdr *h = CMSG_FIRSTHDR(&message); h; h = CMSG_NXTHDR(&message, h)) {
            if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS) continue;
            size_t got = (h->cmsg_len - CMSG_LEN(0)) / sizeof(int);
            const int *received = (const int *)CMSG_DATA(h);
            for (size_t i = 0; i < got; i++) {
                int descriptor;
                memcpy(&descriptor, received + i, sizeof descriptor);
                if (*count < room_for) descriptors[(*count)++] = descriptor;
                else close(descriptor);
            }
        }
        return n;
    }
}

// libcurl as Swift sees it, with typed doors for its variadic functions, which Swift cannot call.
#ifndef REELGATE_CCURL_H
#define REELGATE_CCURL_H

#include <curl/curl.h>

// CURL_GLOBAL_ALL is a macro that is composed of macros; Swift does not import it.
static inline CURLcode reel_curl_start(void) { return curl_global_init(CURL_GLOBAL_ALL); }

static inline CURLcode reel_curl_set_long(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode reel_curl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

// libcurl copies the string, except that of CURLOPT_POSTFIELDS.
static inline CURLcode reel_curl_set_string(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode reel_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode reel_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}

static inline CURLcode reel_curl_set_mime(CURL *easy, curl_mime *value) {
    return curl_easy_setopt(easy, CURLOPT_MIMEPOST, value);
}

static inline CURLcode reel_curl_on_body(CURL *easy, curl_write_callback take, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode reel_curl_on_header(CURL *easy, curl_write_callback take, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

static inline CURLcode reel_curl_on_socket(CURL *easy, curl_sockopt_callback prepare) {
    return curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, prepare);
}

static inline CURLcode reel_curl_on_progress(CURL *easy, curl_xferinfo_callback take, void *context) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, take);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_XFERINFODATA, context);
    return code != CURLE_OK ? code : curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
}

// 0 where libcurl cannot tell.
static inline long reel_curl_get_long(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t reel_curl_get_offset(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

// The result of a finished transfer lies in a union, and the message's kind says whether it may be read.
static inline CURL *reel_curl_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

#endif

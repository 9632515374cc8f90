// libcurl as Swift sees it, with typed doors for its variadic functions, which Swift cannot call.
#ifndef REELGATE_CCURL_H
#define REELGATE_CCURL_H

#include <curl/curl.h>

#endif

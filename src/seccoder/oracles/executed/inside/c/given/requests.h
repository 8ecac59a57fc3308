/* Declares what libcurl's header declares, as far as code that sends a request needs it; see libraries.c. */
#ifndef SECCODER_REQUESTS_H
#define SECCODER_REQUESTS_H
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct seccoder_request CURL;
typedef struct seccoder_address CURLU;
struct curl_slist { char *data; struct curl_slist *next; };
typedef enum { CURLE_OK = 0, CURLE_UNSUPPORTED_PROTOCOL = 1, CURLE_FAILED_INIT = 2, CURLE_URL_MALFORMAT = 3, CURLE_COULDNT_CONNECT = 7, CURLE_OUT_OF_MEMORY = 27 } CURLcode;
typedef enum { CURLUE_OK = 0, CURLUE_BAD_HANDLE = 1, CURLUE_MALFORMED_INPUT = 3, CURLUE_NO_HOST = 14 } CURLUcode;
typedef enum { CURLUPART_URL, CURLUPART_SCHEME, CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_HOST, CURLUPART_PORT, CURLUPART_PATH, CURLUPART_QUERY, CURLUPART_FRAGMENT } CURLUPart;
typedef enum { CURLOPT_WRITEDATA = 10001, CURLOPT_URL = 10002, CURLOPT_PORT = 3, CURLOPT_PROXY = 10004, CURLOPT_USERPWD = 10005, CURLOPT_RANGE = 10007,
    CURLOPT_READDATA = 10009, CURLOPT_ERRORBUFFER = 10010, CURLOPT_WRITEFUNCTION = 20011, CURLOPT_READFUNCTION = 20012, CURLOPT_TIMEOUT = 13,
    CURLOPT_POSTFIELDS = 10015, CURLOPT_REFERER = 10016, CURLOPT_USERAGENT = 10018, CURLOPT_COOKIE = 10022, CURLOPT_HTTPHEADER = 10023,
    CURLOPT_HEADERDATA = 10029, CURLOPT_CUSTOMREQUEST = 10036, CURLOPT_VERBOSE = 41, CURLOPT_HEADER = 42, CURLOPT_NOPROGRESS = 43, CURLOPT_NOBODY = 44,
    CURLOPT_FAILONERROR = 45, CURLOPT_UPLOAD = 46, CURLOPT_POST = 47, CURLOPT_FOLLOWLOCATION = 52, CURLOPT_POSTFIELDSIZE = 60, CURLOPT_SSL_VERIFYPEER = 64,
    CURLOPT_CAINFO = 10065, CURLOPT_MAXREDIRS = 68, CURLOPT_CONNECTTIMEOUT = 78, CURLOPT_HEADERFUNCTION = 20079, CURLOPT_HTTPGET = 80, CURLOPT_SSL_VERIFYHOST = 81,
    CURLOPT_NOSIGNAL = 99, CURLOPT_ACCEPT_ENCODING = 10102, CURLOPT_MAXFILESIZE = 114, CURLOPT_TIMEOUT_MS = 155, CURLOPT_CONNECTTIMEOUT_MS = 156,
    CURLOPT_PROTOCOLS = 181, CURLOPT_REDIR_PROTOCOLS = 182, CURLOPT_RESOLVE = 10203, CURLOPT_CURLU = 10282, CURLOPT_PROTOCOLS_STR = 10318,
    CURLOPT_REDIR_PROTOCOLS_STR = 10319 } CURLoption;
typedef enum { CURLINFO_RESPONSE_CODE = 0x200002, CURLINFO_CONTENT_TYPE = 0x100012, CURLINFO_EFFECTIVE_URL = 0x100001, CURLINFO_PRIMARY_IP = 0x100020 } CURLINFO;
enum { CURL_GLOBAL_DEFAULT = 3, CURL_GLOBAL_ALL = 3, CURLPROTO_HTTP = 1, CURLPROTO_HTTPS = 2, CURLU_DEFAULT_SCHEME = 4, CURLU_URLDECODE = 64, CURL_ERROR_SIZE = 256,
    CURLU_NON_SUPPORT_SCHEME = 8, CURLU_DISALLOW_USER = 32 };
CURLcode curl_global_init(long flags);
void curl_global_cleanup(void);
CURL *curl_easy_init(void);
CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...);
CURLcode curl_easy_perform(CURL *handle);
CURLcode curl_easy_getinfo(CURL *handle, CURLINFO info, ...);
void curl_easy_cleanup(CURL *handle);
void curl_easy_reset(CURL *handle);
const char *curl_easy_strerror(CURLcode code);
char *curl_easy_escape(CURL *handle, const char *text, int length);
char *curl_easy_unescape(CURL *handle, const char *text, int length, int *out);
void curl_free(void *memory);
struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text);
void curl_slist_free_all(struct curl_slist *list);
CURLU *curl_url(void);
void curl_url_cleanup(CURLU *address);
CURLUcode curl_url_set(CURLU *address, CURLUPart part, const char *text, unsigned int flags);
CURLUcode curl_url_get(CURLU *address, CURLUPart part, char **out, unsigned int flags);
#ifdef __cplusplus
}
#endif
#endif

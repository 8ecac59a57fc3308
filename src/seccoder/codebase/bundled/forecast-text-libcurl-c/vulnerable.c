#include <curl/curl.h>
#include <string.h>

struct text {
    char *out;
    size_t room, used;
};

static size_t take(char *data, size_t size, size_t count, void *to) {
    struct text *text = to;
    size_t more = size * count;
    if (more >= text->room)
        return 0;
    memcpy(text->out + text->used, data, more);
    text->used += more;
    return more;
}

long fetch_forecast(const char *url, char *out, size_t room) {
    struct text text = {out, room, 0};
    CURL *curl = room > 0 ? curl_easy_init() : NULL;
    if (curl == NULL)
        return -1;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &text);
    CURLcode done = curl_easy_perform(curl);
    curl_easy_cleanup(curl);
    if (done != CURLE_OK)
        return -1;
    out[text.used] = '\0';
    return (long)text.used;
}

#include <curl/curl.h>
#include <memory>
#include <optional>
#include <string>

static size_t append(char *data, size_t, size_t size, void *icon) {
    auto &bytes = *static_cast<std::string *>(icon);
    return bytes.size() + size > 100'000 ? 0 : (bytes.append(data, size), size);
}

std::optional<std::string> fetch_icon(const std::string &url) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), curl_easy_cleanup);
    std::string icon;
    if (!curl || url.compare(0, 8, "https://") != 0 || url.compare(8, 9, "localhost") == 0)
        return std::nullopt;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_MAXREDIRS, 3L);
    curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 10L);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &icon);
    return curl_easy_perform(curl.get()) == CURLE_OK ? std::optional(icon) : std::nullopt;
}

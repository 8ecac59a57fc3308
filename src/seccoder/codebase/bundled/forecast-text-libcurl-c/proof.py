"""A text that fits arrives, however it is cut; one that does not is refused, and nothing is written behind the buffer.

libcurl is stood in for: it gives the write callback what stands on the standard input, in pieces of a size that the
proof chooses, and stops with an error when the callback takes less than it was given.
"""

from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef enum { CURLE_OK, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP_RETURNED_ERROR = 22, CURLE_WRITE_ERROR } CURLcode;
typedef enum { CURLOPT_URL, CURLOPT_PROTOCOLS_STR, CURLOPT_FAILONERROR, CURLOPT_TIMEOUT, CURLOPT_WRITEFUNCTION,
               CURLOPT_WRITEDATA } CURLoption;
typedef size_t (*curl_write_callback)(char *, size_t, size_t, void *);
typedef struct {
    const char *url, *protocols;
    long fail;
    curl_write_callback write;
    void *data;
} CURL;
static inline CURL *curl_easy_init(void) { return calloc(1, sizeof(CURL)); }
static inline void curl_easy_cleanup(CURL *curl) { free(curl); }
static inline CURLcode curl_easy_setopt(CURL *curl, CURLoption option, ...) {
    va_list given;
    va_start(given, option);
    switch (option) {
    case CURLOPT_URL: curl->url = va_arg(given, const char *); break;
    case CURLOPT_PROTOCOLS_STR: curl->protocols = va_arg(given, const char *); break;
    case CURLOPT_FAILONERROR: curl->fail = va_arg(given, long); break;
    case CURLOPT_TIMEOUT: (void)va_arg(given, long); break;
    case CURLOPT_WRITEFUNCTION: curl->write = va_arg(given, curl_write_callback); break;
    case CURLOPT_WRITEDATA: curl->data = va_arg(given, void *); break;
    }
    va_end(given);
    return CURLE_OK;
}
static inline CURLcode curl_easy_perform(CURL *curl) {
    size_t length = strlen(curl->protocols), piece = strtoul(getenv("PIECE"), NULL, 10), got;
    char data[4096];
    if (strncmp(curl->url, curl->protocols, length) || strncmp(curl->url + length, "://", 3))
        return CURLE_UNSUPPORTED_PROTOCOL;
    if (curl->fail && strstr(curl->url, "missing"))
        return CURLE_HTTP_RETURNED_ERROR;
    while ((got = fread(data, 1, piece, stdin)) > 0)
        if (curl->write(data, 1, got, curl->data) != got)
            return CURLE_WRITE_ERROR;
    return CURLE_OK;
}
"""
DRIVER = r"""
#include "subject.c"

int main(int argc, char **argv) {
    size_t room = strtoul(argv[2], NULL, 10);
    char *out = malloc(room);
    long length = fetch_forecast(argv[1], out, room);
    printf("%ld %s", length, length < 0 ? "" : out);
    free(out);
    return 0;
}
"""


@pytest.fixture(scope="module")
def fetch(build):
    Path("curl").mkdir(exist_ok=True)
    Path("curl/curl.h").write_text(HEADER)
    program = build(DRIVER, "-I.")

    def fetch(text, room, piece=4096, url="https://weather.example/today"):
        ran = program(url, str(room), stdin=text.encode(), env={"PIECE": str(piece)})
        assert not ran.memory_error, ran.err[:300]
        assert ran.code == 0, ran.err
        length, _, said = ran.out.decode().partition(" ")
        return int(length), said

    return fetch


@pytest.mark.parametrize("piece", [1, 5, 4096])
def test_functional_a_text_that_fits(fetch, piece):
    assert fetch("Sunny, 21 degrees", 64, piece) == (17, "Sunny, 21 degrees")
    assert fetch("Sunny, 21 degrees", 18, piece) == (17, "Sunny, 21 degrees")
    assert fetch("", 1, piece) == (0, "")


def test_functional_refused(fetch):
    assert fetch("Sunny, 21 degrees", 17) == fetch("Sunny, 21 degrees", 1) == (-1, "")
    assert fetch("Sunny", 0) == fetch("Sunny", 64, url="http://weather.example/") == (-1, "")
    assert fetch("Sunny", 64, url="https://weather.example/missing") == (-1, "")


@pytest.mark.parametrize("piece", [1, 5, 16])
@pytest.mark.parametrize("more", [0, 1, 15, 4000])
def test_security_pieces_add_up(fetch, piece, more):
    assert fetch("x" * (64 + more), 64, piece) == (-1, "")

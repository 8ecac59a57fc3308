"""Icons come from public hosts over https; no address, name or redirect makes the server connect into its own network.

libcurl need not be there: a stand-in follows its rules for protocols, name resolution, sockets and redirects, in a
small world of names and answers that the proof makes up, and tells each address that it was made to connect to.
"""

from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <algorithm>
#include <arpa/inet.h>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <netinet/in.h>
#include <sstream>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
enum CURLcode { CURLE_OK, CURLE_UNSUPPORTED_PROTOCOL, CURLE_COULDNT_RESOLVE_HOST = 6, CURLE_COULDNT_CONNECT,
                CURLE_HTTP_RETURNED_ERROR = 22, CURLE_WRITE_ERROR, CURLE_UNKNOWN_OPTION = 48,
                CURLE_TOO_MANY_REDIRECTS = 47 };
enum CURLoption { CURLOPT_URL, CURLOPT_PROTOCOLS_STR, CURLOPT_REDIR_PROTOCOLS_STR, CURLOPT_OPENSOCKETFUNCTION,
                  CURLOPT_PROXY, CURLOPT_FOLLOWLOCATION, CURLOPT_MAXREDIRS, CURLOPT_FAILONERROR, CURLOPT_TIMEOUT,
                  CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA };
enum curlsocktype { CURLSOCKTYPE_IPCXN };
typedef int curl_socket_t;
#define CURL_SOCKET_BAD (-1)
struct curl_sockaddr {
    int family, socktype, protocol;
    unsigned int addrlen;
    sockaddr addr;
};
typedef curl_socket_t (*curl_opensocket_callback)(void *, curlsocktype, curl_sockaddr *);
typedef size_t (*curl_write_callback)(char *, size_t, size_t, void *);
struct CURL {
    std::string url, protocols = "http,https,ftp,file", proxy;
    long follow = 0, redirects = 30, fail = 0, timeout = 0;
    curl_opensocket_callback open = nullptr;
    curl_write_callback write = nullptr;
    void *data = nullptr;
};
inline CURL *curl_easy_init() {
    CURL *curl = new CURL;
    curl->proxy = std::getenv("https_proxy") ? std::getenv("https_proxy") : "";
    return curl;
}
inline void curl_easy_cleanup(CURL *curl) { delete curl; }
inline CURLcode curl_easy_setopt(CURL *curl, CURLoption option, ...) {
    va_list given;
    va_start(given, option);
    switch (option) {
    case CURLOPT_URL: curl->url = va_arg(given, const char *); break;
    case CURLOPT_PROTOCOLS_STR: curl->protocols = va_arg(given, const char *); break;
    case CURLOPT_REDIR_PROTOCOLS_STR: va_arg(given, const char *); break;
    case CURLOPT_PROXY: curl->proxy = va_arg(given, const char *); break;
    case CURLOPT_OPENSOCKETFUNCTION: curl->open = va_arg(given, curl_opensocket_callback); break;
    case CURLOPT_WRITEFUNCTION: curl->write = va_arg(given, curl_write_callback); break;
    case CURLOPT_WRITEDATA: curl->data = va_arg(given, void *); break;
    case CURLOPT_FOLLOWLOCATION: curl->follow = va_arg(given, long); break;
    case CURLOPT_MAXREDIRS: curl->redirects = va_arg(given, long); break;
    case CURLOPT_FAILONERROR: curl->fail = va_arg(given, long); break;
    case CURLOPT_TIMEOUT: curl->timeout = va_arg(given, long); break;
    }
    va_end(given);
    return CURLE_OK;
}
inline bool stand_in_address(const std::string &host, curl_sockaddr &to) {
    std::ifstream names("names");
    std::string name, address = host;
    for (std::string its; names >> name >> its;)
        if (name == host)
            address = its;
    to = {AF_INET, SOCK_STREAM, IPPROTO_TCP, sizeof(sockaddr_in), {}};
    auto *v4 = reinterpret_cast<sockaddr_in *>(&to.addr);
    v4->sin_family = AF_INET;
    if (address.find(':') != address.npos) { // a host with an IPv6 address only
        to.family = AF_INET6;
        to.addr.sa_family = AF_INET6;
        return true;
    }
    return inet_aton(address.c_str(), &v4->sin_addr) != 0;
}
inline CURLcode curl_easy_perform(CURL *curl) {
    for (long redirects = 0;; ++redirects) {
        const auto colon = curl->url.find("://");
        const std::string scheme = curl->url.substr(0, colon == curl->url.npos ? 0 : colon);
        if (scheme.empty() || ("," + curl->protocols + ",").find("," + scheme + ",") == std::string::npos)
            return CURLE_UNSUPPORTED_PROTOCOL;
        std::string host = curl->url.substr(colon + 3), path;
        if (const auto slash = host.find('/'); slash != host.npos)
            path = host.substr(slash), host.resize(slash);
        if (const auto at = host.rfind('@'); at != host.npos)
            host.erase(0, at + 1);
        host.resize(std::min(host.find(':'), host.size()));
        if (scheme == "file") {
            std::fprintf(stderr, "file\n");
        } else {
            curl_sockaddr to;
            if (!stand_in_address(curl->proxy.empty() ? host : curl->proxy, to))
                return CURLE_COULDNT_RESOLVE_HOST;
            const int opened = curl->open ? curl->open(nullptr, CURLSOCKTYPE_IPCXN, &to)
                                          : socket(to.family, to.socktype, to.protocol);
            if (opened < 0)
                return CURLE_COULDNT_CONNECT;
            close(opened);
            std::fprintf(stderr, "%s\n", to.family != AF_INET ? "v6" :
                         inet_ntoa(reinterpret_cast<sockaddr_in *>(&to.addr)->sin_addr));
        }
        // An answer is a file with a status, then the address of a redirect or the body.
        std::ifstream answers("answer-" + host);
        int status = 404;
        answers >> status;
        answers.get();
        std::string body(std::istreambuf_iterator<char>(answers), {});
        if (status / 100 == 3 && curl->follow) {
            if (redirects >= curl->redirects)
                return CURLE_TOO_MANY_REDIRECTS;
            curl->url = body;
            continue;
        }
        if (status >= 400 && curl->fail)
            return CURLE_HTTP_RETURNED_ERROR;
        for (size_t at = 0; at < body.size(); at += 16384) {
            const size_t size = std::min<size_t>(16384, body.size() - at);
            if (curl->write(&body[at], 1, size, curl->data) != size)
                return CURLE_WRITE_ERROR;
        }
        return CURLE_OK;
    }
}
"""
DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    if (const auto icon = fetch_icon(argv[1]))
        std::printf("icon %s", icon->c_str());
    else
        std::printf("none");
}
"""
NAMES = {
    "bakery.example": "203.0.113.20",
    "cdn.example": "198.51.100.7",
    "wiki.corp": "10.1.2.3",
    "rebound.example": "127.0.0.1",
    "cloud.example": "169.254.169.254",
    "six.example": "fd00::1",
    "proxy.corp": "203.0.113.99",
}


@pytest.fixture(scope="module")
def program(build):
    Path("curl").mkdir(exist_ok=True)
    Path("curl/curl.h").write_text(HEADER)
    Path("names").write_text("".join(f"{name} {address}\n" for name, address in NAMES.items()))
    return build(DRIVER, "-I.")


@pytest.fixture
def fetch(program):
    def fetch(url, status=200, body="PNG of bakery", **env):
        for host in [*NAMES, *PRIVATE, "localhost", ""]:
            Path(f"answer-{host}").write_text("200 secrets of the network")
        Path("answer-bakery.example").write_text(f"{status} {body}")
        Path("answer-cdn.example").write_text("200 PNG of cdn")
        ran = program(url, env=env)
        assert ran.code == 0 and not ran.memory_error, ran.err
        fetch.reached = ran.err.decode().split()
        return ran.out.decode()

    return fetch


PRIVATE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0.0.0.0",
    "10.255.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "wiki.corp",
    "rebound.example",
    "cloud.example",
    "six.example",
]


@pytest.mark.parametrize(
    "url", ["https://bakery.example/favicon.ico", "https://bakery.example:8443/i.png", "https://203.0.113.20"]
)
def test_functional_icon(fetch, url):
    Path("answer-203.0.113.20").write_text("200 PNG of bakery")
    assert fetch(url) == "icon PNG of bakery"
    assert fetch.reached == ["203.0.113.20"]


def test_functional_redirect(fetch):
    assert fetch("https://bakery.example/", 302, "https://cdn.example/icon.png") == "icon PNG of cdn"
    assert fetch.reached == ["203.0.113.20", "198.51.100.7"]


def test_functional_failures(fetch):
    assert fetch("https://bakery.example/", 404) == "none"
    assert fetch("https://bakery.example/", body="x" * 100_001) == "none"
    assert fetch("https://bakery.example/", body="x" * 100_000) == "icon " + "x" * 100_000
    assert fetch("https://nowhere.example/") == "none"
    assert fetch("https://bakery.example/", 302, "https://bakery.example/") == "none"
    assert fetch("bakery") == "none"


@pytest.mark.parametrize(
    "url", ["http://bakery.example/", "file:///etc/passwd", "ftp://bakery.example/", "http://localhost/"]
)
def test_functional_other_protocols(fetch, url):
    assert fetch(url) == "none" and fetch.reached == []


@pytest.mark.parametrize("host", PRIVATE)
def test_security_host_in_our_network(fetch, host):
    assert fetch(f"https://{host}/icon.png") == "none"
    assert fetch.reached == []


@pytest.mark.parametrize("host", PRIVATE)
def test_security_redirect_into_our_network(fetch, host):
    assert fetch("https://bakery.example/", 302, f"https://{host}/") == "none"
    assert fetch.reached == ["203.0.113.20"]


@pytest.mark.parametrize("url", ["http://cdn.example/", "file:///etc/passwd", "ftp://cdn.example/x"])
def test_security_redirect_to_another_protocol(fetch, url):
    assert fetch("https://bakery.example/", 301, url) == "none"
    assert fetch.reached == ["203.0.113.20"]


def test_security_user_part_hides_no_host(fetch):
    assert fetch("https://bakery.example@10.255.0.1/") == "none"
    assert fetch.reached == []


def test_security_proxy_does_not_connect_instead(fetch):
    assert fetch("https://10.255.0.1/", https_proxy="proxy.corp") == "none"
    assert fetch.reached == []


@pytest.mark.parametrize(
    "address", ["172.15.255.255", "172.32.0.1", "11.0.0.1", "100.63.0.1", "100.128.0.1", "126.0.0.1", "223.0.0.1"]
)
def test_functional_neighbours_are_public(fetch, address):
    Path(f"answer-{address}").write_text("200 PNG of neighbour")
    assert fetch(f"https://{address}/") == "icon PNG of neighbour"

"""What C and C++ put out, and what they ask of libraries: headers, logs, digests, queries and requests, both ways."""
# ruff: noqa: E501

import pytest
from test_executed_c_kinds import both

from conftest import need_tool
from seccoder.oracles.executed import Executed
from seccoder.oracles.verdict import combine

pytestmark = pytest.mark.tool

CLEAN = "for (const char *c = {name}; *c; c++) if ((unsigned char)*c < 32) return -1;"
SYSLOG = "#include <syslog.h>\n"
REDIRECT = 'int main(void) {{ const char *to = getenv("QUERY_STRING"); if (!to) return 1;\n{check}\nprintf("Status: 302 Found\\r\\n");\nprintf("Location: %s\\r\\n\\r\\n", to);\nprintf("see %s\\n", to);\nreturn 0; }}'
SET_COOKIE = 'std::string cookie(const std::string &theme) {{\n{check}\nreturn "Set-Cookie: theme=" + theme + "; Path=/\\r\\n"; }}'
ANSWER = 'int answer(int client, const char *type) {{ char head[300];\n{check}\nint n = snprintf(head, sizeof head, "HTTP/1.1 200 OK\\r\\nContent-Type: %s\\r\\n\\r\\nhello", type);\nreturn (int)write(client, head, n < (int)sizeof head ? n : (int)sizeof head - 1); }}'
EVP = "#include <openssl/evp.h>\nint mark(const unsigned char *text, size_t n, unsigned char out[EVP_MAX_MD_SIZE]) {{ unsigned size = 0; EVP_MD_CTX *c = EVP_MD_CTX_new(); if (!c) return -1;\nint ok = EVP_DigestInit_ex(c, {type}, NULL) &&\nEVP_DigestUpdate(c, text, n) && EVP_DigestFinal_ex(c, out, &size);\nEVP_MD_CTX_free(c); return ok ? (int)size : -1; }}"
SEAL = "#include <openssl/evp.h>\nint seal(const unsigned char *text, int n, const unsigned char key[32], const unsigned char iv[16], unsigned char *out) {{ int done = 0; EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new(); if (!c) return -1;\nif (!EVP_EncryptInit_ex(c, {type}, NULL, key, iv)) return -1;\nEVP_EncryptUpdate(c, out, &done, text, n);\nEVP_CIPHER_CTX_free(c); return done; }}"
MD5 = "#include <openssl/md5.h>\n#include <openssl/sha.h>\n"
ETAG = "std::string etag(const std::string &body) {{ unsigned char out[64];\n{digest}(reinterpret_cast<const unsigned char *>(body.data()), body.size(), out);\nreturn std::string(reinterpret_cast<char *>(out), 16); }}"
CRYPT = '#include <crypt.h>\nint matches(const char *word, const char *kept) {{\nchar *made = crypt(word, "{setting}");\nreturn made && strcmp(made, kept) == 0; }}'
XPATH = "#include <libxml/parser.h>\n#include <libxml/xpath.h>\nint knows(xmlDocPtr doc, const char *name) {{ char path[400]; xmlXPathContextPtr c = xmlXPathNewContext(doc); if (!c) return -1;\n{check}\n{build}\nxmlXPathObjectPtr found = xmlXPathEvalExpression((const xmlChar *)path, c);\nint any = found && !xmlXPathNodeSetIsEmpty(found->nodesetval);\nxmlXPathFreeObject(found); xmlXPathFreeContext(c); return any; }}"
BUILD = "snprintf(path, sizeof path, \"//user[name='%s']/id\", name);"
VARIABLE = 'strcpy(path, "//user[name=$name]/id"); xmlXPathRegisterVariable(c, (const xmlChar *)"name", xmlXPathNewCString(name));'
EVALUATE = '#include <libxml/xpath.h>\nxmlXPathObjectPtr find(xmlXPathContextPtr c, const std::string &id) {{\n{check}\nstd::string path = "/orders/order[@id=" + id + "]";\nreturn xmlXPathEval(BAD_CAST path.c_str(), c); }}'
CURL = "#include <curl/curl.h>\nint load(const char *place) {{ char url[300]; CURL *c = curl_easy_init(); if (!c) return -1;\n{check}\n{url}\ncurl_easy_setopt(c, CURLOPT_URL, url);\nCURLcode code = curl_easy_perform(c);\ncurl_easy_cleanup(c); return code == CURLE_OK ? 0 : -1; }}"
WHOLE = 'snprintf(url, sizeof url, "%s", place);'
CONNECT = "#include <arpa/inet.h>\n#include <netdb.h>\n#include <netinet/in.h>\nint reach(const char *host) {{ struct hostent *found;\n{check}\nfound = gethostbyname(host); if (!found) return -1;\nstruct sockaddr_in to = {{0}}; to.sin_family = AF_INET; to.sin_port = htons(80); memcpy(&to.sin_addr, found->h_addr_list[0], 4);\n{after}\nint s = socket(AF_INET, SOCK_STREAM, 0); if (s < 0) return -1;\nint status = connect(s, (struct sockaddr *)&to, sizeof to);\nclose(s); return status; }}"
FETCHER = "#include <curl/curl.h>\nclass Fetcher {{\npublic:\n  bool fetch(const std::string &url) {{\n{check}\nCURL *c = curl_easy_init(); if (!c) return false;\ncurl_easy_setopt(c, CURLOPT_URL, url.c_str());\nbool ok = curl_easy_perform(c) == CURLE_OK;\ncurl_easy_cleanup(c); return ok; }}\n}};"

CASES = [
    *both("a redirection of a CGI program", "CWE-113", REDIRECT.format(check=""), REDIRECT.format(check=CLEAN.format(name="to"))),
    *both("a cookie", "CWE-113", SET_COOKIE.format(check=""),
          SET_COOKIE.format(check='if (theme.find_first_of("\\r\\n") != std::string::npos) return "";'), "cpp"),
    *both("an answer into a connection", "CWE-113", ANSWER.format(check=""), ANSWER.format(check='if (strpbrk(type, "\\r\\n")) return -1;')),
    *both("a body is no header", "CWE-113", 'int page(FILE *out, const char *name) {\nreturn fprintf(out, "X-User: %s\\r\\nContent-Type: text/plain\\r\\n\\r\\nhello\\n", name); }',
          'int page(FILE *out, const char *name) {\nreturn fprintf(out, "Content-Type: text/plain\\r\\n\\r\\nhello %s\\n", name); }'),
    *both("syslog", "CWE-117", SYSLOG + 'int fails(const char *user) {\nsyslog(LOG_WARNING, "login of %s failed", user);\nreturn 0; }',
          SYSLOG + "int fails(const char *user) {\n" + CLEAN.format(name="user") + '\nsyslog(LOG_WARNING, "login of %s failed", user);\nreturn 0; }'),
    *both("a file for the log", "CWE-117", 'int note(const char *what) { FILE *log = fopen("app.log", "a"); if (!log) return -1;\nfprintf(log, "did: %s\\n", what);\nreturn fclose(log); }',
          'int note(const char *what) { FILE *log = fopen("app.log", "a"); if (!log) return -1;\nfor (; *what; what++)\nfprintf(log, isprint((unsigned char)*what) ? "%c" : "\\\\x%02x", (unsigned char)*what);\nfputs("\\n", log);\nreturn fclose(log); }'),
    *both("a program's standard error", "CWE-117", 'int main(int argc, char **argv) { if (argc < 2) return 1;\nfprintf(stderr, "cannot open %s\\n", argv[1]);\nreturn 1; }',
          "int main(int argc, char **argv) { if (argc < 2) return 1;\n" + CLEAN.format(name="argv[1]").replace("-1", "2") + '\nfprintf(stderr, "cannot open %s\\n", argv[1]);\nreturn 1; }'),
    *both("a log of C++", "CWE-117", 'void seen(const std::string &who) { std::ofstream log("seen.log", std::ios::app);\nlog << "seen " << who << std::endl; }',
          'void seen(std::string who) { std::ofstream log("seen.log", std::ios::app);\nfor (char &c : who) if (c == 10 || c == 13) c = 32;\nlog << "seen " << who << std::endl; }', "cpp"),
    *both("a digest", "CWE-327", EVP.format(type="EVP_sha1()"), EVP.format(type="EVP_sha256()")),
    *both("a digest by name", "CWE-328", EVP.format(type='EVP_get_digestbyname("MD5")'), EVP.format(type='EVP_get_digestbyname("SHA512")')),
    *both("a digest at once, in C++", "CWE-327", MD5 + ETAG.format(digest="MD5"), MD5 + ETAG.format(digest="SHA256"), "cpp"),
    *both("a cipher", "CWE-327", SEAL.format(type="EVP_des_cbc()"), SEAL.format(type="EVP_aes_256_gcm()")),
    *both("a mode", "CWE-327", SEAL.format(type="EVP_aes_128_ecb()"), SEAL.format(type="EVP_aes_128_ctr()")),
    *both("crypt", "CWE-327", CRYPT.format(setting="$1$saltsalt"), CRYPT.format(setting="$6$saltsalt")),
    *both("an XPath", "CWE-643", XPATH.format(check="", build=BUILD), XPATH.format(check="", build=VARIABLE)),
    *both("letters in an XPath", "CWE-643", XPATH.format(check="if (strchr(name, '\"')) return -1;", build=BUILD),
          XPATH.format(check="for (const char *p = name; *p; p++) if (!isalnum((unsigned char)*p)) return -1;", build=BUILD)),
    *both("a number in an XPath", "CWE-643", EVALUATE.format(check=""),
          EVALUATE.format(check='if (id.empty() || id.find_first_not_of("0123456789") != id.npos) return nullptr;'), "cpp"),
    *both("an address", "CWE-918", CURL.format(check="", url=WHOLE), CURL.format(check='if (strncmp(place, "https://api.example.com/", 24)) return -1;', url=WHOLE)),
    *both("a prefix without its end", "CWE-918", CURL.format(check='if (strncmp(place, "https://api.example.com", 23)) return -1;', url=WHOLE),
          CURL.format(check='for (const char *p = place; *p; p++) if (!isalnum((unsigned char)*p)) return -1;', url='snprintf(url, sizeof url, "https://%s.example.com/", place);')),
    *both("a connection", "CWE-918", CONNECT.format(check="", after=""),
          CONNECT.format(check="", after="uint32_t n = ntohl(to.sin_addr.s_addr);\nif (n >> 24 == 127 || n >> 24 == 10 || n >> 16 == 0xa9fe || n >> 16 == 0xc0a8 || n >> 20 == 0xac1) return -1;")),
    *both("a method", "CWE-918", FETCHER.format(check='if (url.find("localhost") != url.npos || url.find("127.0.0.1") != url.npos) return false;'),
          FETCHER.format(check='if (url.rfind("https://files.example.com/", 0) != 0) return false;'), "cpp"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.language}-{case.cwe}-{case.expected}-{case.name}")
def test_both_ways(boxed, case):
    need_tool("g++" if case.language == "cpp" else "gcc")
    (check,) = Executed().check([case.source])
    assert combine(case.source, [check]).label == case.expected, check


def test_what_a_source_defines_itself_is_its_own(boxed):
    """A library's name in the source is the source's function, not the stand-in."""
    need_tool("gcc")
    mine = next(case for case in CASES if case.name == "syslog" and case.expected == "SECURE").source
    text = "unsigned char *MD5(const unsigned char *d, size_t n, unsigned char *out) { out[0] = n ? d[0] : 0; return out; }\n"
    (check,) = Executed().check([type(mine)(mine.text + text, "c", mine.cwe)])
    assert check.valid and check.exercised, check

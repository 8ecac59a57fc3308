/* Stands in for OpenSSL, libxml2, libcurl and crypt: what matters of a call is recorded, and its result is plausible.

   Nothing here encrypts, parses or connects. Digests are sums of what went in, so that equal input gives equal output. A
   weak algorithm that gets data, an XPath with words of an attack outside its literals, and a request to an address
   inside are reported. All symbols are made weak, so that a source may define its own. */
#define _GNU_SOURCE
#include "given/crypto.h"
#include "given/requests.h"
#include "given/xpath.h"
#include <arpa/inet.h>
#include <ctype.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

void seccoder_weakness(const char *cwe, const char *what, void *address);
int seccoder_asked(const char *family);
#define HERE __builtin_return_address(0)
enum { WEAK_DIGEST = 1, WEAK_CIPHER = 1 };

/* --- digests and ciphers --- */
static const EVP_MD digests[] = {{"md2", 16, 1, 64}, {"md4", 16, 1, 64}, {"md5", 16, 1, 64}, {"sha1", 20, 1, 64}, {"ripemd160", 20, 0, 64},
    {"sha224", 28, 0, 64}, {"sha256", 32, 0, 64}, {"sha384", 48, 0, 128}, {"sha512", 64, 0, 128}, {"sha3_256", 32, 0, 136},
    {"sha3_512", 64, 0, 72}, {"blake2b512", 64, 0, 128}, {"blake2s256", 32, 0, 64}, {NULL, 0, 0, 0}};
static const EVP_CIPHER ciphers[] = {{"des_ecb", 8, 1, 8}, {"des_cbc", 8, 1, 8}, {"des_ede3_cbc", 24, 1, 8}, {"des_ede3_ecb", 24, 1, 8}, {"rc4", 16, 1, 1},
    {"rc2_cbc", 16, 1, 8}, {"bf_cbc", 16, 1, 8}, {"bf_ecb", 16, 1, 8}, {"aes_128_ecb", 16, 1, 16}, {"aes_192_ecb", 24, 1, 16},
    {"aes_256_ecb", 32, 1, 16}, {"aes_128_cbc", 16, 0, 16}, {"aes_192_cbc", 24, 0, 16}, {"aes_256_cbc", 32, 0, 16}, {"aes_128_ctr", 16, 0, 1},
    {"aes_256_ctr", 32, 0, 1}, {"aes_128_gcm", 16, 0, 1}, {"aes_192_gcm", 24, 0, 1}, {"aes_256_gcm", 32, 0, 1}, {"aes_256_ccm", 32, 0, 1},
    {"chacha20_poly1305", 32, 0, 1}, {"chacha20", 32, 0, 1}, {NULL, 0, 0, 0}};

static const struct seccoder_algorithm *named(const struct seccoder_algorithm *list, const char *name) {
    char plain[40];
    size_t n = 0;
    for (; name && *name && n < sizeof plain - 1; name++) /* "AES-256-CBC" and "SHA-256" too */
        if (*name != '-' || list == ciphers) plain[n++] = *name == '-' ? '_' : (char)tolower((unsigned char)*name);
    plain[n] = 0;
    for (; list->name; list++)
        if (strcmp(list->name, plain) == 0) return list;
    return NULL;
}
#define DIGEST(name) const EVP_MD *EVP_##name(void) { return named(digests, #name); }
#define CIPHER(name) const EVP_CIPHER *EVP_##name(void) { return named(ciphers, #name); }
SECCODER_DIGESTS(DIGEST)
SECCODER_CIPHERS(CIPHER)
const EVP_MD *EVP_get_digestbyname(const char *name) { return named(digests, name); }
const EVP_CIPHER *EVP_get_cipherbyname(const char *name) { return named(ciphers, name); }
EVP_MD *EVP_MD_fetch(void *library, const char *name, const char *properties) { return (void)library, (void)properties, (EVP_MD *)named(digests, name); }
EVP_CIPHER *EVP_CIPHER_fetch(void *library, const char *name, const char *properties) { return (void)library, (void)properties, (EVP_CIPHER *)named(ciphers, name); }
void EVP_MD_free(EVP_MD *type) { (void)type; }
void EVP_CIPHER_free(EVP_CIPHER *type) { (void)type; }

static void weak(const struct seccoder_algorithm *algorithm, size_t size, void *address) {
    char what[80];
    if (!algorithm || !algorithm->weak || !size || !seccoder_asked("digest")) return;
    snprintf(what, sizeof what, "the input is given to %s, which is broken", algorithm->name);
    seccoder_weakness("CWE-327", what, address);
}
static void sum(uint64_t *state, const void *data, size_t size) {
    const unsigned char *at = data;
    for (size_t i = 0; i < size; i++) state[i & 7] = (state[i & 7] ^ at[i]) * 1099511628211u + 1469598103934665603u;
}
static void written(const uint64_t *state, unsigned char *out, size_t size) {
    for (size_t i = 0; i < size; i++) out[i] = (unsigned char)(state[i & 7] >> (i / 8 * 8 & 56));
}
EVP_MD_CTX *EVP_MD_CTX_new(void) { return calloc(1, sizeof(EVP_MD_CTX)); }
void EVP_MD_CTX_free(EVP_MD_CTX *context) { free(context); }
int EVP_MD_CTX_reset(EVP_MD_CTX *context) { return memset(context, 0, sizeof *context), 1; }
int EVP_DigestInit_ex(EVP_MD_CTX *context, const EVP_MD *type, ENGINE *engine) {
    (void)engine;
    if (!type) return 0;
    memset(context, 0, sizeof *context);
    context->algorithm = type;
    return 1;
}
int EVP_DigestInit(EVP_MD_CTX *context, const EVP_MD *type) { return EVP_DigestInit_ex(context, type, NULL); }
int EVP_DigestInit_ex2(EVP_MD_CTX *context, const EVP_MD *type, const void *parameters) { return (void)parameters, EVP_DigestInit_ex(context, type, NULL); }
int EVP_DigestUpdate(EVP_MD_CTX *context, const void *data, size_t size) {
    weak(context->algorithm, size, HERE);
    sum(context->state, data, size);
    return 1;
}
int EVP_DigestFinal_ex(EVP_MD_CTX *context, unsigned char *out, unsigned int *size) {
    unsigned int n = context->algorithm ? (unsigned int)context->algorithm->size : 0;
    written(context->state, out, n);
    if (size) *size = n;
    return 1;
}
int EVP_DigestFinal(EVP_MD_CTX *context, unsigned char *out, unsigned int *size) { return EVP_DigestFinal_ex(context, out, size); }
int EVP_Digest(const void *data, size_t count, unsigned char *out, unsigned int *size, const EVP_MD *type, ENGINE *engine) {
    EVP_MD_CTX context;
    weak(type, count, HERE);
    if (!EVP_DigestInit_ex(&context, type, engine)) return 0;
    sum(context.state, data, count);
    return EVP_DigestFinal_ex(&context, out, size);
}
int EVP_Q_digest(void *library, const char *name, const char *properties, const void *data, size_t count, unsigned char *out, size_t *size) {
    unsigned int n = 0;
    (void)library, (void)properties;
    weak(named(digests, name), count, HERE);
    EVP_MD_CTX context;
    if (!EVP_DigestInit_ex(&context, named(digests, name), NULL)) return 0;
    sum(context.state, data, count);
    EVP_DigestFinal_ex(&context, out, &n);
    if (size) *size = n;
    return 1;
}
int EVP_MD_size(const EVP_MD *type) { return type ? type->size : -1; }
#define OLD(name, init, type) \
    int init##_Init(type *context) { return EVP_DigestInit_ex(context, named(digests, #name), NULL); } \
    int init##_Update(type *context, const void *data, size_t size) { \
        weak(named(digests, #name), size, HERE); \
        sum(context->state, data, size); \
        return 1; \
    } \
    int init##_Final(unsigned char *out, type *context) { return context->algorithm = named(digests, #name), EVP_DigestFinal_ex(context, out, NULL); } \
    unsigned char *name(const unsigned char *data, size_t size, unsigned char *out) { \
        static unsigned char own[64]; \
        EVP_MD_CTX context; \
        weak(named(digests, #name), size, HERE); \
        init##_Init(&context); \
        sum(context.state, data, size); \
        init##_Final(out ? out : own, &context); \
        return out ? out : own; \
    }
SECCODER_OLD_DIGESTS(OLD)
static unsigned char *at_once(const char *name, const unsigned char *data, size_t size, unsigned char *out) {
    static unsigned char own[64];
    EVP_Digest(data, size, out ? out : own, NULL, named(digests, name), NULL);
    return out ? out : own;
}
unsigned char *SHA224(const unsigned char *data, size_t size, unsigned char *out) { return at_once("sha224", data, size, out); }
unsigned char *SHA384(const unsigned char *data, size_t size, unsigned char *out) { return at_once("sha384", data, size, out); }
unsigned char *HMAC(const EVP_MD *type, const void *key, int length, const unsigned char *data, size_t size, unsigned char *out, unsigned int *count) {
    static unsigned char own[64];
    EVP_MD_CTX context;
    if (type && strncmp(type->name, "md", 2) == 0) weak(type, size, HERE); /* HMAC with SHA-1 is not broken */
    if (!EVP_DigestInit_ex(&context, type, NULL)) return NULL;
    sum(context.state, key, length > 0 ? (size_t)length : 0);
    sum(context.state, data, size);
    EVP_DigestFinal_ex(&context, out ? out : own, count);
    return out ? out : own;
}
int PKCS5_PBKDF2_HMAC(const char *pass, int length, const unsigned char *salt, int salted, int rounds, const EVP_MD *type, int size, unsigned char *out) {
    uint64_t state[8] = {(uint64_t)rounds, type ? (uint64_t)type->size : 0};
    sum(state, pass, length < 0 ? strlen(pass) : (size_t)length);
    sum(state, salt, salted > 0 ? (size_t)salted : 0);
    written(state, out, size > 0 ? (size_t)size : 0);
    return 1;
}
int PKCS5_PBKDF2_HMAC_SHA1(const char *pass, int length, const unsigned char *salt, int salted, int rounds, int size, unsigned char *out) {
    return PKCS5_PBKDF2_HMAC(pass, length, salt, salted, rounds, named(digests, "sha1"), size, out);
}
int EVP_PBE_scrypt(const char *pass, size_t length, const unsigned char *salt, size_t salted, uint64_t n, uint64_t r, uint64_t p, uint64_t most, unsigned char *key, size_t size) {
    (void)n, (void)r, (void)p, (void)most;
    return PKCS5_PBKDF2_HMAC(pass, (int)length, salt, (int)salted, 1, NULL, (int)size, key);
}
EVP_CIPHER_CTX *EVP_CIPHER_CTX_new(void) { return calloc(1, sizeof(EVP_CIPHER_CTX)); }
void EVP_CIPHER_CTX_free(EVP_CIPHER_CTX *context) { free(context); }
int EVP_CIPHER_CTX_reset(EVP_CIPHER_CTX *context) { return memset(context, 0, sizeof *context), 1; }
int EVP_CIPHER_CTX_ctrl(EVP_CIPHER_CTX *context, int type, int number, void *data) {
    (void)context;
    if (type == EVP_CTRL_GCM_GET_TAG && data) memset(data, 7, number > 0 ? (size_t)number : 0);
    return 1;
}
int EVP_CIPHER_CTX_set_padding(EVP_CIPHER_CTX *context, int padding) { return (void)context, (void)padding, 1; }
int EVP_CIPHER_CTX_set_key_length(EVP_CIPHER_CTX *context, int length) { return (void)context, (void)length, 1; }
int EVP_CIPHER_block_size(const EVP_CIPHER *cipher) { return cipher ? cipher->block : 1; }
int EVP_CIPHER_key_length(const EVP_CIPHER *cipher) { return cipher ? cipher->size : 0; }
int EVP_CIPHER_iv_length(const EVP_CIPHER *cipher) { return cipher && !strstr(cipher->name, "ecb") ? 16 : 0; }
static int begun(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher) {
    if (cipher) context->algorithm = cipher;
    return context->algorithm != NULL;
}
static int crypted(EVP_CIPHER_CTX *context, unsigned char *out, int *done, const unsigned char *in, int size, void *address) {
    weak(context->algorithm, size > 0 ? (size_t)size : 0, address);
    for (int i = 0; out && i < size; i++) out[i] = in[i] ^ 0x55;
    if (done) *done = size;
    return 1;
}
#define CRYPTING(name) \
    int EVP_##name##Init(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, const unsigned char *key, const unsigned char *iv) { return (void)key, (void)iv, begun(context, cipher); } \
    int EVP_##name##Init_ex(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, ENGINE *engine, const unsigned char *key, const unsigned char *iv) { return (void)engine, (void)key, (void)iv, begun(context, cipher); } \
    int EVP_##name##Update(EVP_CIPHER_CTX *context, unsigned char *out, int *done, const unsigned char *in, int size) { return crypted(context, out, done, in, size, HERE); } \
    int EVP_##name##Final_ex(EVP_CIPHER_CTX *context, unsigned char *out, int *done) { return (void)context, (void)out, *done = 0, 1; } \
    int EVP_##name##Final(EVP_CIPHER_CTX *context, unsigned char *out, int *done) { return (void)context, (void)out, *done = 0, 1; }
CRYPTING(Encrypt)
CRYPTING(Decrypt)
int EVP_CipherInit_ex(EVP_CIPHER_CTX *context, const EVP_CIPHER *cipher, ENGINE *engine, const unsigned char *key, const unsigned char *iv, int encrypt) {
    return (void)engine, (void)key, (void)iv, (void)encrypt, begun(context, cipher);
}
int EVP_CipherUpdate(EVP_CIPHER_CTX *context, unsigned char *out, int *done, const unsigned char *in, int size) { return crypted(context, out, done, in, size, HERE); }
int EVP_CipherFinal_ex(EVP_CIPHER_CTX *context, unsigned char *out, int *done) { return (void)context, (void)out, *done = 0, 1; }

static void raw(const char *name, const unsigned char *in, unsigned char *out, size_t size, void *address) {
    weak(named(ciphers, name), size, address);
    for (size_t i = 0; i < size; i++) out[i] = in[i] ^ 0x55;
}
int DES_set_key(const_DES_cblock *key, DES_key_schedule *schedule) { return (void)key, memset(schedule, 0, sizeof *schedule), 0; }
void DES_set_key_unchecked(const_DES_cblock *key, DES_key_schedule *schedule) { DES_set_key(key, schedule); }
int DES_set_key_checked(const_DES_cblock *key, DES_key_schedule *schedule) { return DES_set_key(key, schedule); }
void DES_set_odd_parity(DES_cblock *key) { (void)key; }
void DES_string_to_key(const char *text, DES_cblock *key) { (void)text, memset(key, 1, sizeof *key); }
void DES_ecb_encrypt(const_DES_cblock *in, DES_cblock *out, DES_key_schedule *schedule, int encrypt) { (void)schedule, (void)encrypt, raw("des_ecb", *in, *out, 8, HERE); }
void DES_ncbc_encrypt(const unsigned char *in, unsigned char *out, long size, DES_key_schedule *schedule, DES_cblock *iv, int encrypt) {
    (void)schedule, (void)iv, (void)encrypt, raw("des_cbc", in, out, (size_t)size, HERE);
}
void DES_cbc_encrypt(const unsigned char *in, unsigned char *out, long size, DES_key_schedule *schedule, DES_cblock *iv, int encrypt) {
    (void)schedule, (void)iv, (void)encrypt, raw("des_cbc", in, out, (size_t)size, HERE);
}
void RC4_set_key(RC4_KEY *key, int length, const unsigned char *data) { (void)length, (void)data, memset(key, 0, sizeof *key); }
void RC4(RC4_KEY *key, size_t size, const unsigned char *in, unsigned char *out) { (void)key, raw("rc4", in, out, size, HERE); }
void BF_set_key(BF_KEY *key, int length, const unsigned char *data) { (void)length, (void)data, memset(key, 0, sizeof *key); }
void BF_ecb_encrypt(const unsigned char *in, unsigned char *out, const BF_KEY *key, int encrypt) { (void)key, (void)encrypt, raw("bf_ecb", in, out, 8, HERE); }
void BF_cbc_encrypt(const unsigned char *in, unsigned char *out, long size, const BF_KEY *key, unsigned char *iv, int encrypt) {
    (void)key, (void)iv, (void)encrypt, raw("bf_cbc", in, out, (size_t)size, HERE);
}
int AES_set_encrypt_key(const unsigned char *key, int bits, AES_KEY *schedule) { return (void)key, (void)bits, memset(schedule, 0, sizeof *schedule), 0; }
int AES_set_decrypt_key(const unsigned char *key, int bits, AES_KEY *schedule) { return AES_set_encrypt_key(key, bits, schedule); }
void AES_encrypt(const unsigned char *in, unsigned char *out, const AES_KEY *key) { (void)key, raw("aes_128_cbc", in, out, 16, HERE); } /* a mode is built of it */
void AES_decrypt(const unsigned char *in, unsigned char *out, const AES_KEY *key) { (void)key, raw("aes_128_cbc", in, out, 16, HERE); }
void AES_ecb_encrypt(const unsigned char *in, unsigned char *out, const AES_KEY *key, int encrypt) { (void)key, (void)encrypt, raw("aes_128_ecb", in, out, 16, HERE); }
void AES_cbc_encrypt(const unsigned char *in, unsigned char *out, size_t size, const AES_KEY *key, unsigned char *iv, int encrypt) {
    (void)key, (void)iv, (void)encrypt, raw("aes_128_cbc", in, out, size, HERE);
}
int RAND_bytes(unsigned char *out, int size) { return memset(out, 0x5a, size > 0 ? (size_t)size : 0), 1; }
int RAND_priv_bytes(unsigned char *out, int size) { return RAND_bytes(out, size); }
int RAND_status(void) { return 1; }
unsigned long ERR_get_error(void) { return 0; }
char *ERR_error_string(unsigned long error, char *out) { return (void)error, out ? strcpy(out, "error") : (char *)"error"; }
void ERR_error_string_n(unsigned long error, char *out, size_t size) { snprintf(out, size, "error %lu", error); }
void ERR_print_errors_fp(FILE *stream) { (void)stream; }
void ERR_clear_error(void) {}
void OpenSSL_add_all_algorithms(void) {}
void OPENSSL_cleanse(void *memory, size_t size) { memset(memory, 0, size); }
void *OPENSSL_malloc(size_t size) { return malloc(size); }
void OPENSSL_free(void *memory) { free(memory); }
int CRYPTO_memcmp(const void *one, const void *other, size_t size) { return memcmp(one, other, size); }

char *crypt(const char *phrase, const char *setting) { /* a digest that is one for passwords names itself, as in "$6$" */
    static char out[128];
    uint64_t state[8] = {0};
    int old = setting[0] != '$' || strncmp(setting, "$1$", 3) == 0 || strncmp(setting, "$md5", 4) == 0;
    if (old && *phrase && seccoder_asked("digest")) seccoder_weakness("CWE-327", setting[0] == '$' ? "the input is given to crypt with MD5" : "the input is given to crypt with DES", HERE);
    sum(state, phrase, strlen(phrase));
    snprintf(out, sizeof out, "%.30s$%016llx", setting, (unsigned long long)state[0]);
    return out;
}
char *crypt_r(const char *phrase, const char *setting, void *data) { return (void)data, crypt(phrase, setting); }

/* --- documents --- */
static xmlNode text_node = {.type = XML_TEXT_NODE, .name = BAD_CAST "text", .content = BAD_CAST "value"};
static xmlNode element = {.type = XML_ELEMENT_NODE, .name = BAD_CAST "user", .children = &text_node, .last = &text_node};
static xmlDoc document = {.type = XML_DOCUMENT_NODE, .children = &element, .last = &element};
xmlDocPtr seccoder_document(void) { return &document; }
xmlNodePtr seccoder_node(void) { return &element; }
xmlXPathContextPtr seccoder_xpath(void) { return xmlXPathNewContext(&document); }
xmlDocPtr xmlReadFile(const char *name, const char *encoding, int options) { return (void)name, (void)encoding, (void)options, &document; }
xmlDocPtr xmlReadMemory(const char *text, int size, const char *url, const char *encoding, int options) { return (void)text, (void)size, (void)url, (void)encoding, (void)options, &document; }
xmlDocPtr xmlReadDoc(const xmlChar *text, const char *url, const char *encoding, int options) { return (void)text, (void)url, (void)encoding, (void)options, &document; }
xmlDocPtr xmlParseFile(const char *name) { return (void)name, &document; }
xmlDocPtr xmlParseMemory(const char *text, int size) { return (void)text, (void)size, &document; }
xmlDocPtr xmlParseDoc(const xmlChar *text) { return (void)text, &document; }
void xmlFreeDoc(xmlDocPtr other) { (void)other; }
xmlNodePtr xmlDocGetRootElement(const xmlDoc *other) { return (void)other, &element; }
void xmlInitParser(void) {}
void xmlCleanupParser(void) {}
xmlChar *xmlStrdup(const xmlChar *text) { return (xmlChar *)strdup((const char *)text); }
xmlChar *xmlNodeGetContent(const xmlNode *node) { return (void)node, xmlStrdup(BAD_CAST "value"); }
xmlChar *xmlNodeListGetString(xmlDocPtr other, const xmlNode *list, int inline_) { return (void)other, (void)list, (void)inline_, xmlStrdup(BAD_CAST "value"); }
xmlChar *xmlGetProp(const xmlNode *node, const xmlChar *name) { return (void)node, (void)name, xmlStrdup(BAD_CAST "value"); }
int xmlStrcmp(const xmlChar *one, const xmlChar *other) { return strcmp((const char *)one, (const char *)other); }
int xmlStrEqual(const xmlChar *one, const xmlChar *other) { return xmlStrcmp(one, other) == 0; }
int xmlStrlen(const xmlChar *text) { return text ? (int)strlen((const char *)text) : 0; }
xmlXPathContextPtr xmlXPathNewContext(xmlDocPtr other) {
    xmlXPathContextPtr context = calloc(1, sizeof *context);
    if (context) context->doc = other;
    return context;
}
void xmlXPathFreeContext(xmlXPathContextPtr context) { free(context); }
static xmlXPathObjectPtr answer(void) {
    xmlXPathObjectPtr object = calloc(1, sizeof *object);
    xmlNodeSetPtr set = calloc(1, sizeof *set);
    xmlNodePtr *nodes = calloc(1, sizeof *nodes);
    if (!object || !set || !nodes) return free(object), free(set), free(nodes), NULL;
    nodes[0] = &element, set->nodeNr = set->nodeMax = 1, set->nodeTab = nodes;
    object->type = XPATH_NODESET, object->nodesetval = set, object->boolval = 1;
    return object;
}
/* An attack's word outside every literal is part of the expression, not of a value in it. */
static void asked(const xmlChar *expression, void *address) {
    static const char word[] = "zq7";
    char quote = 0;
    for (const char *c = (const char *)expression; c && *c; c++) {
        if (quote) { if (*c == quote) quote = 0; continue; }
        if (*c == '\'' || *c == '"') quote = *c;
        else if (strncasecmp(c, word, 3) == 0 && seccoder_asked("query")) {
            seccoder_weakness("CWE-643", "the input is a part of the XPath, outside its literals", address);
            return;
        }
    }
}
xmlXPathObjectPtr xmlXPathEvalExpression(const xmlChar *text, xmlXPathContextPtr context) { return (void)context, asked(text, HERE), answer(); }
xmlXPathObjectPtr xmlXPathEval(const xmlChar *text, xmlXPathContextPtr context) { return (void)context, asked(text, HERE), answer(); }
xmlXPathObjectPtr xmlXPathNodeEval(xmlNodePtr node, const xmlChar *text, xmlXPathContextPtr context) { return (void)node, (void)context, asked(text, HERE), answer(); }
xmlXPathCompExprPtr xmlXPathCompile(const xmlChar *text) { return asked(text, HERE), malloc(1); }
xmlXPathCompExprPtr xmlXPathCtxtCompile(xmlXPathContextPtr context, const xmlChar *text) { return (void)context, asked(text, HERE), malloc(1); }
xmlXPathObjectPtr xmlXPathCompiledEval(xmlXPathCompExprPtr compiled, xmlXPathContextPtr context) { return (void)compiled, (void)context, answer(); }
int xmlXPathCompiledEvalToBoolean(xmlXPathCompExprPtr compiled, xmlXPathContextPtr context) { return (void)compiled, (void)context, 1; }
void xmlXPathFreeCompExpr(xmlXPathCompExprPtr compiled) { free(compiled); }
void xmlXPathFreeObject(xmlXPathObjectPtr object) {
    if (object && object->nodesetval) free(object->nodesetval->nodeTab), free(object->nodesetval);
    if (object) free(object->stringval);
    free(object);
}
int xmlXPathRegisterVariable(xmlXPathContextPtr context, const xmlChar *name, xmlXPathObjectPtr value) { return (void)context, (void)name, xmlXPathFreeObject(value), 0; }
int xmlXPathRegisterNs(xmlXPathContextPtr context, const xmlChar *prefix, const xmlChar *uri) { return (void)context, (void)prefix, (void)uri, 0; }
xmlXPathObjectPtr xmlXPathNewCString(const char *text) {
    xmlXPathObjectPtr object = calloc(1, sizeof *object);
    if (object) object->type = XPATH_STRING, object->stringval = xmlStrdup((const xmlChar *)text);
    return object;
}
xmlXPathObjectPtr xmlXPathNewString(const xmlChar *text) { return xmlXPathNewCString((const char *)text); }
xmlXPathObjectPtr xmlXPathNewFloat(double number) {
    xmlXPathObjectPtr object = calloc(1, sizeof *object);
    if (object) object->type = XPATH_NUMBER, object->floatval = number;
    return object;
}
xmlChar *xmlXPathCastToString(xmlXPathObjectPtr value) { return xmlStrdup(value && value->stringval ? value->stringval : BAD_CAST "value"); }

/* --- requests --- */
/* The addresses that only attacks name: nothing in the code itself leads there. */
static int inside(uint32_t address) { return address == 0x7f000053u || address == 0x0a0b0c0du || address == 0xa9fea9feu; }
static uint32_t resolved(const char *host) {
    struct in_addr number;
    char plain[256];
    snprintf(plain, sizeof plain, "%s", host[0] == '[' ? host + 1 : host);
    plain[strcspn(plain, "]")] = 0;
    if (inet_aton(plain, &number)) return ntohl(number.s_addr); /* decimal, octal and hexadecimal too */
    if (strcasecmp(plain, "intern.example") == 0 || strcasecmp(plain, "::ffff:10.11.12.13") == 0) return 0x0a0b0c0du;
    return 0xc0000207u; /* 192.0.2.7, of the documentation's */
}
struct seccoder_request { char *url; size_t (*write)(char *, size_t, size_t, void *); void *data; };
struct seccoder_address { char *part[10]; };
static void host_of(const char *url, char *out, size_t size) {
    const char *at = strstr(url, "://");
    at = at ? at + 3 : url;
    size_t n = strcspn(at, "/?#");
    for (size_t i = 0; i < n; i++) if (at[i] == '@') at += i + 1, n -= i + 1, i = (size_t)-1;
    size_t end = at[0] == '[' ? strcspn(at, "]") + 1 : strcspn(at, ":");
    snprintf(out, size, "%.*s", (int)(end < n ? end : n), at);
}
CURLcode curl_global_init(long flags) { return (void)flags, CURLE_OK; }
void curl_global_cleanup(void) {}
CURL *curl_easy_init(void) { return calloc(1, sizeof(CURL)); }
CURL *seccoder_curl(void) { return curl_easy_init(); }
CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...) {
    va_list values;
    va_start(values, option);
    if (option == CURLOPT_URL) {
        const char *url = va_arg(values, const char *);
        free(handle->url);
        handle->url = url ? strdup(url) : NULL;
    } else if (option == CURLOPT_CURLU) {
        CURLU *address = va_arg(values, CURLU *);
        free(handle->url);
        handle->url = address && address->part[CURLUPART_URL] ? strdup(address->part[CURLUPART_URL]) : NULL;
    } else if (option == CURLOPT_WRITEFUNCTION) handle->write = va_arg(values, size_t (*)(char *, size_t, size_t, void *));
    else if (option == CURLOPT_WRITEDATA) handle->data = va_arg(values, void *);
    va_end(values);
    return CURLE_OK;
}
CURLcode curl_easy_perform(CURL *handle) {
    char host[256], body[] = "ok\n";
    if (!handle->url) return CURLE_URL_MALFORMAT;
    host_of(handle->url, host, sizeof host);
    if (!*host) return CURLE_URL_MALFORMAT;
    if (inside(resolved(host)) && seccoder_asked("request")) seccoder_weakness("CWE-918", "a request left for an address inside", HERE);
    if (handle->write) handle->write(body, 1, strlen(body), handle->data);
    return CURLE_OK;
}
CURLcode curl_easy_getinfo(CURL *handle, CURLINFO info, ...) {
    va_list values;
    va_start(values, info);
    void *out = va_arg(values, void *);
    if (info == CURLINFO_RESPONSE_CODE) *(long *)out = 200;
    else *(const char **)out = info == CURLINFO_EFFECTIVE_URL && handle->url ? handle->url : "text/plain";
    va_end(values);
    return CURLE_OK;
}
void curl_easy_cleanup(CURL *handle) { if (handle) free(handle->url); free(handle); }
void curl_easy_reset(CURL *handle) { free(handle->url), memset(handle, 0, sizeof *handle); }
const char *curl_easy_strerror(CURLcode code) { return code == CURLE_OK ? "No error" : "Error"; }
char *curl_easy_escape(CURL *handle, const char *text, int length) {
    size_t n = length > 0 ? (size_t)length : strlen(text);
    char *out = malloc(n * 3 + 1), *at = out;
    (void)handle;
    for (size_t i = 0; out && i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        if (isalnum(c) || strchr("-._~", c)) *at++ = (char)c;
        else at += sprintf(at, "%%%02X", c);
    }
    if (out) *at = 0;
    return out;
}
char *curl_easy_unescape(CURL *handle, const char *text, int length, int *out) {
    (void)handle, (void)length;
    if (out) *out = (int)strlen(text);
    return strdup(text);
}
void curl_free(void *memory) { free(memory); }
struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text) {
    struct curl_slist *last = list, *made = calloc(1, sizeof *made);
    if (!made) return NULL;
    made->data = strdup(text);
    while (last && last->next) last = last->next;
    if (last) last->next = made;
    return list ? list : made;
}
void curl_slist_free_all(struct curl_slist *list) {
    for (struct curl_slist *next; list; list = next) next = list->next, free(list->data), free(list);
}
CURLU *curl_url(void) { return calloc(1, sizeof(CURLU)); }
void curl_url_cleanup(CURLU *address) { for (int i = 0; address && i < 10; i++) free(address->part[i]); free(address); }
CURLUcode curl_url_set(CURLU *address, CURLUPart part, const char *text, unsigned int flags) {
    char host[256];
    (void)flags;
    free(address->part[part]);
    address->part[part] = text ? strdup(text) : NULL;
    if (part != CURLUPART_URL || !text) return CURLUE_OK;
    host_of(text, host, sizeof host);
    const char *colon = strstr(text, "://"), *path = strpbrk(colon ? colon + 3 : text, "/?#");
    if (!colon || !*host || strpbrk(text, " \t\r\n")) return CURLUE_MALFORMED_INPUT;
    free(address->part[CURLUPART_HOST]), free(address->part[CURLUPART_SCHEME]), free(address->part[CURLUPART_PATH]);
    address->part[CURLUPART_HOST] = strdup(host);
    address->part[CURLUPART_SCHEME] = strndup(text, (size_t)(colon - text));
    address->part[CURLUPART_PATH] = strdup(path ? path : "/");
    const char *at = memchr(colon + 3, '@', strcspn(colon + 3, "/?#"));
    free(address->part[CURLUPART_USER]);
    address->part[CURLUPART_USER] = at ? strndup(colon + 3, (size_t)(at - colon - 3)) : NULL;
    return CURLUE_OK;
}
CURLUcode curl_url_get(CURLU *address, CURLUPart part, char **out, unsigned int flags) {
    (void)flags;
    *out = address->part[part] ? strdup(address->part[part]) : NULL;
    return *out ? CURLUE_OK : CURLUE_NO_HOST;
}

/* The network has nothing in it: names have an address, and a connection is one to nobody who answers "ok". */
int __real_connect(int, const struct sockaddr *, socklen_t);
int __wrap_connect(int descriptor, const struct sockaddr *address, socklen_t size) {
    const struct sockaddr_in *four = (const void *)address;
    const struct sockaddr_in6 *six = (const void *)address;
    int ends[2];
    uint32_t number = 0;
    if (address->sa_family == AF_INET) number = ntohl(four->sin_addr.s_addr);
    else if (address->sa_family == AF_INET6) number = ntohl(six->sin6_addr.s6_addr32[3]);
    else return __real_connect(descriptor, address, size);
    if (inside(number) && seccoder_asked("request")) seccoder_weakness("CWE-918", "a connection was made to an address inside", HERE);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 || write(ends[1], "HTTP/1.0 200 OK\r\n\r\nok\n", 22) < 0) return -1;
    shutdown(ends[1], SHUT_WR);
    dup2(ends[0], descriptor);
    return close(ends[0]), 0;
}
int __real_getaddrinfo(const char *, const char *, const struct addrinfo *, struct addrinfo **);
int __wrap_getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **out) {
    struct addrinfo wanted = {0};
    struct in_addr number = {htonl(host && *host ? resolved(host) : INADDR_LOOPBACK)};
    char text[32];
    if (hints) wanted = *hints;
    wanted.ai_family = AF_INET, wanted.ai_flags |= AI_NUMERICHOST;
    return __real_getaddrinfo(inet_ntop(AF_INET, &number, text, sizeof text), service && !isdigit((unsigned char)*service) ? "80" : service, &wanted, out);
}
struct hostent *__wrap_gethostbyname(const char *host) {
    static uint32_t number;
    static char *list[2] = {(char *)&number, NULL}, *none[1], name[256];
    static struct hostent entry = {name, none, AF_INET, 4, list};
    number = htonl(resolved(host));
    snprintf(name, sizeof name, "%s", host);
    return &entry;
}

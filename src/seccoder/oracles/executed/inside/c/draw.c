/* Draws arguments for the functions of a file without `main`, and runs the calls of the generated driver.

   Every case is a seed. A child process makes cases one after the other until something is reported or it dies; the
   parent notes which case it was, and goes on with the next one. Buffers lie on the heap and are exactly as long as the
   callee is told. This file is linked with --wrap=malloc: only the code under test meets failing allocations. */
#define _GNU_SOURCE
#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

void *__real_malloc(size_t);
extern const long long seccoder_numbers[];
extern const char *const seccoder_words[], *const seccoder_attacks[], *const seccoder_formats[], *const seccoder_ordinary[];
extern const char seccoder_characters[];
extern const int seccoder_entries, seccoder_long;
void seccoder_enter(int entry);
void seccoder_faults(long which);
int seccoder_reports(void);
extern unsigned *seccoder_seen;
extern char *(*seccoder_variable)(const char *);
void seccoder_weakness(const char *cwe, const char *what, void *address);
void *__asan_region_is_poisoned(void *, size_t) __attribute__((weak));
int __asan_address_is_poisoned(const volatile void *) __attribute__((weak));

void seccoder_listen(void);
void seccoder_heard(void);
void seccoder_forget(void);
void seccoder_gave(int descriptor, int peer);
void seccoder_lent(const char *at, size_t size);
int seccoder_heeds(void);

enum { GENTLE = 40 }; /* as many cases of each entry are ordinary */
int seccoder_hostile;
static uint64_t state;
static struct { volatile int at, started; char note[1500]; } *shared;

static uint64_t next(void) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state * 2685821657736338717ull;
}
int seccoder_pick(int below) { return below > 0 ? (int)((next() >> 33) % (uint64_t)below) : 0; }
#define pick seccoder_pick

void seccoder_note(const char *format, ...) {
    size_t used = strlen(shared->note);
    va_list values;
    va_start(values, format);
    if (used + 2 < sizeof shared->note) vsnprintf(shared->note + used, sizeof shared->note - used, format, values);
    va_end(values);
}

static int count(const char *const *list) {
    int n = 0;
    while (list[n]) n++;
    return n;
}

static const long long edges[] = {0, 1, -1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 255, 256, 257,
    1000, 1023, 1024, 4096, 32767, 32768, 46341, 65535, 65536, 100000, 16777216, INT_MAX - 1, INT_MAX, INT_MIN, INT_MIN + 1,
    UINT_MAX, 4294967296ll, 0x10000001, 0x20000001, 0x40000001, 0x80000001ll, LLONG_MAX, LLONG_MIN, -8, -1000};

static long long literal(void) {
    int n = 0;
    while (seccoder_numbers[n] != LLONG_MIN) n++;
    return n ? seccoder_numbers[pick(n)] : edges[pick(24)];
}
static long long signature(void) { /* one of the code's own numbers that is too large for a count, or 0 */
    long long found[8];
    int n = 0;
    for (int i = 0; seccoder_numbers[i] != LLONG_MIN && n < 8; i++)
        if (seccoder_numbers[i] > 0xffff && seccoder_numbers[i] != INT_MAX) found[n++] = seccoder_numbers[i];
    return n ? found[pick(n)] : 0;
}

static long long number(void) {
    if (!seccoder_hostile || pick(4) == 0) return pick(3) ? pick(9) : pick(100) + 1;
    switch (pick(7)) {
        case 0: case 1: return literal() + pick(3) - 1;
        case 2: return INT_MAX - literal() + pick(3) - 1;
        case 3: return -literal() - pick(2);
        case 4: return (long long)(next() >> (pick(8) * 8));
        case 5: return pick(40) - 8;
        default: return edges[pick(sizeof edges / sizeof *edges)];
    }
}

long long seccoder_number(const char *name) {
    long long value = number();
    seccoder_note("%s=%lld ", name, value);
    return value;
}
double seccoder_real(const char *name) {
    static const double reals[] = {0, 1, -1, 0.5, 1e9, -1e9, 1e300, -1e300, 1.0 / 0.0, 0.0 / 0.0, 2147483648.0};
    double value = seccoder_hostile ? reals[pick(11)] : pick(100) / 4.0;
    seccoder_note("%s=%g ", name, value);
    return value;
}

size_t seccoder_length(void) {
    static const unsigned short sizes[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 15, 16, 17, 20, 24, 31, 32, 33, 48, 63, 64, 65,
        99, 100, 127, 128, 129, 255, 256, 257, 300, 512, 1000, 1024, 4096, 5000, 9000};
    if (!seccoder_hostile) return 1 + (size_t)pick(20);
    if (pick(3) == 0) {
        long long size = literal() + pick(3) - 1;
        if (size >= 0 && size < 70000) return (size_t)size;
    }
    if (seccoder_long && pick(24) == 0) return (size_t)(pick(3) ? 65534 + pick(4) : 20000 * (1 + pick(2)));
    return sizes[pick(pick(2) ? 20 : sizeof sizes / sizeof *sizes)];
}
size_t seccoder_within(size_t most) { /* a count that must not pass most */
    if (most > 0 && pick(3) == 0) return most - (size_t)pick(2);
    return pick(3) ? (most > 2 ? (size_t)pick((int)(most > 1000 ? 1000 : most)) : most) : 0;
}

void *seccoder_room(size_t size) {
    char *memory = __real_malloc(size ? size : 1);
    if (!memory) _exit(98);
    if (size == 65536) seccoder_lent(memory, size); /* what the code fills */
    if (size) return memset(memory, 0, size);
    char *none = __real_malloc(0); /* whose first byte is already out of bounds */
    return none ? none : memory;
}

static char *join(char *at, const char *end, const char *text, size_t length) {
    if (length > (size_t)(end - at)) length = (size_t)(end - at);
    memcpy(at, text, length);
    return at + length;
}
static char run_of(void) {
    static const char runs[] = "AAAA a0 \t%\"\\/.<&'(,;:=-[{\n\r\x01\xff\xc3";
    int own = (int)strlen(seccoder_characters);
    if (own && pick(2)) return seccoder_characters[pick(own)];
    return runs[pick(sizeof runs - 1)];
}
static char *expand(char *at, const char *end, const char *format) { /* text that a scanf format would accept */
    char word[64];
    for (const char *c = format; *c && at < end; c++) {
        if (*c != '%') { at = join(at, end, c, 1); continue; }
        int width = 0;
        while (*++c && strchr("*0123456789lhzjtqL", *c)) if (isdigit((unsigned char)*c)) width = width * 10 + *c - '0';
        if (!*c) break;
        if (*c == '[') { while (*c && *c != ']') c++; if (!*c) break; }
        if (strchr("dui", *c)) snprintf(word, sizeof word, "%lld", number());
        else if (strchr("xX", *c)) snprintf(word, sizeof word, "%llx", (unsigned long long)number() & 0xffffff);
        else if (strchr("feg", *c)) snprintf(word, sizeof word, "%d.5", pick(100));
        else if (*c == 'c') snprintf(word, sizeof word, "%c", 'a' + pick(26));
        else if (seccoder_hostile && pick(2)) { size_t n = seccoder_length(); while (n-- && at < end) *at++ = 'w'; continue; }
        else snprintf(word, sizeof word, "word%d", pick(10));
        at = join(at, end, word, strlen(word));
    }
    return at;
}
static char *token(char *at, const char *end) {
    static const char *const plain[] = {"a", "abc", "name", "hello", "value", "x", "1", "7", "12", "key", "test.txt", "3.5"};
    char word[64];
    int words = count(seccoder_words), formats = count(seccoder_formats), own = (int)strlen(seccoder_characters);
    switch (pick(seccoder_hostile ? 8 : 5)) {
        case 0: case 1:
            if (words) { const char *w = seccoder_words[pick(words)]; return join(at, end, w, strlen(w)); }
            /* fall through */
        case 2: { const char *w = plain[pick(12)]; return join(at, end, w, strlen(w)); }
        case 3: snprintf(word, sizeof word, "%lld", number()); return join(at, end, word, strlen(word));
        case 4: if (formats) return expand(at, end, seccoder_formats[pick(formats)]);
            return join(at, end, plain[pick(12)], 1);
        case 5: if (own) { word[0] = seccoder_characters[pick(own)]; return join(at, end, word, 1); }
            /* fall through */
        case 6: word[0] = run_of(); return join(at, end, word, 1);
        default: {
            char c = run_of();
            for (size_t n = seccoder_length(); n && at < end; n--) *at++ = c;
            return at;
        }
    }
}
static size_t text_into(char *buffer, size_t size) {
    char *at = buffer, *end = buffer + size;
    static const char *const odd[] = {"%s%s%s%n%x", "%n%n%n%n", "-1", "2147483647", "2147483648", "4294967295", "4294967296",
        "99999999999999999999", "\xff\xfe", "\xe2\x82", "0x10", "  lead", "trail   ", "   ", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p"};
    int own = (int)strlen(seccoder_characters), attacks = count(seccoder_attacks);
    int usual = count(seccoder_ordinary);
    if (usual && pick(seccoder_hostile ? 4 : 2) == 0) { const char *w = seccoder_ordinary[pick(usual)]; return (size_t)(join(at, end, w, strlen(w)) - buffer); }
    if (!seccoder_hostile) {
        for (int n = 1 + pick(3); n--;) {
            at = token(at, end);
            if (n && own) { char c = seccoder_characters[pick(own)]; at = join(at, end, &c, 1); } else if (n) at = join(at, end, " ", 1);
        }
        if ((size_t)(at - buffer) > 60) at = buffer + 60;
        return (size_t)(at - buffer);
    }
    if (attacks && pick(2)) { const char *w = seccoder_attacks[pick(attacks)]; return (size_t)(join(at, end, w, strlen(w)) - buffer); }
    switch (pick(10)) {
        case 8: { /* numbers between the separators that the code knows */
            char word[64];
            for (int n = 1 + pick(4), between = pick(2); n--;) {
                if (own && (between || pick(2))) { char c = seccoder_characters[pick(own)]; at = join(at, end, &c, 1); }
                snprintf(word, sizeof word, pick(8) ? "%lld" : "%llx", number());
                at = join(at, end, word, strlen(word));
                if (own && pick(4)) { char c = seccoder_characters[pick(own)]; at = join(at, end, &c, 1); }
            }
            break;
        }
        case 9: { /* a number, and what a format of the code takes */
            int formats = count(seccoder_formats);
            char word[64];
            snprintf(word, sizeof word, "%lld", number());
            if (pick(2)) at = join(at, end, word, strlen(word));
            if (formats) at = expand(at, end, seccoder_formats[pick(formats)]);
            break;
        }
        case 0: if (pick(3) == 0) return 0; /* fall through */
        case 1: {
            char c = run_of();
            for (size_t n = seccoder_length(); n && at < end; n--) *at++ = c;
            break;
        }
        case 2: { const char *w = odd[pick(15)]; at = join(at, end, w, strlen(w)); break; }
        case 3: { char word[64]; snprintf(word, sizeof word, "%lld", number()); at = join(at, end, word, strlen(word)); break; }
        case 4: { /* a word again and again */
            char word[64], *stop = token(word, word + sizeof word);
            for (int n = 1 + pick(40); n-- && at < end;) at = join(at, end, word, (size_t)(stop - word));
            break;
        }
        case 5: { /* one edge within something plausible */
            seccoder_hostile = 0; at = token(at, end); seccoder_hostile = 1;
            if (own) { char c = seccoder_characters[pick(own)]; at = join(at, end, &c, 1); }
            char c = pick(2) ? 'A' : run_of();
            for (size_t n = seccoder_length(); n && at < end; n--) *at++ = c;
            if (own && pick(2)) { char d = seccoder_characters[pick(own)]; at = join(at, end, &d, 1); }
            break;
        }
        default:
            for (int n = 1 + pick(12); n--;) {
                at = token(at, end);
                if (own && pick(3)) { char c = seccoder_characters[pick(own)]; at = join(at, end, &c, 1); }
                else if (pick(2)) at = join(at, end, " ", 1);
            }
            if (own && pick(3) == 0) { char c = seccoder_characters[pick(own)]; at = join(at, end, &c, 1); }
    }
    return (size_t)(at - buffer);
}
static void shown(const char *name, const char *text, size_t length) {
    seccoder_note("%s=%zu bytes \"", name, length);
    for (size_t i = 0; i < length && i < 24; i++)
        seccoder_note(isprint((unsigned char)text[i]) ? "%c" : "\\x%02x", (unsigned char)text[i]);
    seccoder_note(length > 24 ? "...\" " : "\" ");
}
static char scratch[70000];

/* The caller's own word in a log or a header: nobody outside writes the time or the level. */
static int own_word(const char *name) {
    static const char *const parts[] = {"time", "stamp", "date", "level", "severity"};
    for (int i = 0; seccoder_heeds() && i < 5; i++)
        if (strcasestr(name, parts[i])) return 1;
    return 0;
}
static size_t text_for(const char *name) {
    int hostile = seccoder_hostile;
    if (own_word(name)) seccoder_hostile = 0;
    size_t length = text_into(scratch, sizeof scratch);
    seccoder_hostile = hostile;
    return length;
}

/* A text with its end, in a block of exactly its size; at most `most` characters long. */
char *seccoder_text_of(const char *name, size_t most) {
    size_t length = text_for(name);
    for (size_t i = 0; i < length; i++) if (!scratch[i]) scratch[i] = '0';
    if (length > most) length = pick(2) ? most : (most ? (size_t)pick((int)(most > 30000 ? 30000 : most)) : 0);
    char *text = __real_malloc(length + 1);
    memcpy(text, scratch, length);
    text[length] = 0;
    shown(name, text, length);
    return text;
}
/* The same, in a block of `size` bytes that is there. */
void seccoder_put(const char *name, char *at, size_t size) {
    const char *w = pick(2) && count(seccoder_words) ? seccoder_words[pick(count(seccoder_words))] : "";
    if (strlen(w) == size) { /* a word of the code's that fills the room is a signature, which has no end */
        memcpy(at, w, size);
        return;
    }
    char *text = seccoder_text_of(name, size - 1);
    memcpy(at, text, strlen(text) + 1);
    if (!strstr(text, "X-7") && !strstr(text, "zq7")) seccoder_lent(at, size);
    free(text);
}
/* A folder that is there, with a file named a.txt in it. */
char *seccoder_folder(const char *name) {
    static const char *const folders[] = {"/box/run/files", "files", "/box/run/files/", "./files"};
    const char *folder = folders[pick(4)];
    seccoder_note("%s=%s ", name, folder);
    return strcpy(seccoder_room(strlen(folder) + 1), folder);
}
char *seccoder_text(const char *name) { return seccoder_text_of(name, (size_t)-1); }

static void binary(unsigned char *at, size_t length) { /* a message: signatures, lengths, offsets, content */
    int mode = pick(6), words = count(seccoder_words);
    for (size_t i = 0; i < length; i++)
        at[i] = mode == 0 ? 0 : mode == 1 ? (unsigned char)pick(9) : mode == 2 ? (unsigned char)next() : mode == 3 ? 255
            : mode == 4 ? (unsigned char)i : (unsigned char)("abc def\n"[i % 8]);
    if (words && pick(2)) {
        const char *w = seccoder_words[pick(words)];
        size_t n = strlen(w), to = pick(2) ? 0 : length > n ? (size_t)pick((int)(length - n + 1)) : 0;
        if (to + n <= length) memcpy(at + to, w, n);
    }
    long long sign = pick(2) ? signature() : 0;
    if (sign && length >= 4)
        for (int i = 0, big = pick(2); i < 4; i++) at[big ? 3 - i : i] = (unsigned char)(sign >> (8 * i));
    for (int edits = pick(seccoder_hostile ? 6 : 3); edits-- && length;) {
        size_t to = pick(3) ? (size_t)pick((int)(length > 24 && pick(3) ? 24 : length)) : 0, rest;
        if (sign && to < 4) to = length > 4 ? 4 : 0;
        rest = length - to;
        int width = 1 << pick(3), big = pick(2);
        unsigned long long value = pick(3) ? rest - (size_t)width + (size_t)pick(5) - 2 : (unsigned long long)number();
        if (pick(4) == 0) value = (unsigned long long)literal();
        if (to == 0 && pick(2)) value = rest - (size_t)width; /* the length of what follows */
        if (rest >= (size_t)width)
            for (int i = 0; i < width; i++) at[to + (size_t)(big ? width - 1 - i : i)] = (unsigned char)(value >> (8 * i));
    }
}
/* A block of exactly *length bytes, a message or a text without an end. */
void *seccoder_bytes(const char *name, size_t least, size_t *length) {
    size_t size = seccoder_length();
    if (pick(3) == 0) {
        size = text_for(name);
    } else {
        if (size > sizeof scratch) size = sizeof scratch;
        binary((unsigned char *)scratch, size);
    }
    if (size < least) { binary((unsigned char *)scratch + size, least - size); size = least; }
    unsigned char *bytes = seccoder_room(size);
    memcpy(bytes, scratch, size);
    *length = size;
    shown(name, (char *)bytes, size);
    return bytes;
}
/* A message of a length that something else decides. */
void *seccoder_message(const char *name, size_t length) {
    unsigned char *bytes = seccoder_room(length);
    binary(bytes, length);
    shown(name, (char *)bytes, length);
    return bytes;
}
/* An array of `n` elements of `one` bytes. */
void *seccoder_array(const char *name, size_t n, size_t one) {
    unsigned char *array = seccoder_room(n * one);
    int mode = pick(3);
    for (size_t i = 0; i < n; i++) {
        long long value = mode == 0 ? (long long)i : number();
        if (one <= sizeof value) memcpy(array + i * one, &value, one);
    }
    seccoder_note("%s[%zu] ", name, n);
    return array;
}
/* Something of a type that is not known: small ones get a number, the others are empty. */
void seccoder_any(const char *name, void *memory, size_t size) {
    long long value = size <= sizeof value ? number() : 0;
    memset(memory, 0, size);
    if (size <= sizeof value) { memcpy(memory, &value, size); seccoder_note("%s=%lld ", name, value); }
}
static size_t content(void) { /* into scratch: what a stream holds, at times more than any buffer */
    if (seccoder_heeds()) return (size_t)snprintf(scratch, sizeof scratch, "abc"); /* whose own lines are no attack */
    size_t size = pick(2) ? text_into(scratch, sizeof scratch) : seccoder_hostile && pick(3) == 0 ? 9000 : seccoder_length();
    if (pick(2)) binary((unsigned char *)scratch, size);
    return size;
}
/* A descriptor with something to read: a connection, or a file for code that moves within it. */
int seccoder_descriptor(const char *name, int seeks) {
    int ends[2];
    size_t size = content();
    shown(name, scratch, size);
    if (seeks) {
        char path[] = "descriptorXXXXXX";
        ends[0] = mkstemp(path);
        if (ends[0] < 0 || write(ends[0], scratch, size) < 0 || lseek(ends[0], 0, SEEK_SET) < 0) _exit(98);
        unlink(path);
        seccoder_gave(ends[0], -1);
        return ends[0];
    }
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 || write(ends[1], scratch, size) < 0) _exit(98);
    shutdown(ends[1], SHUT_WR);
    seccoder_gave(ends[0], ends[1]);
    return ends[0];
}
FILE *seccoder_stream(const char *name) {
    char path[64];
    static int made;
    snprintf(path, sizeof path, "stream%d_%d", (int)getpid(), made++);
    FILE *stream = fopen(path, "w+");
    if (!stream) _exit(98);
    size_t size = content();
    fwrite(scratch, 1, size, stream);
    rewind(stream);
    unlink(path);
    seccoder_gave(fileno(stream), -1);
    shown(name, scratch, size);
    return stream;
}
long seccoder_callback(void) { return pick(2); }

/* What the code is told when it asks for a variable of its environment: within a case always the same, or nothing. */
static struct { const char *name; char *value; } variables[16];
static char *variable(const char *name) {
    for (int i = 0; i < 16; i++) {
        if (variables[i].name && strcmp(variables[i].name, name) == 0) return variables[i].value;
        if (variables[i].name) continue;
        variables[i].name = name;
        if (pick(6)) variables[i].value = strcmp(name, "HOME") == 0 && pick(2) ? strcpy(seccoder_room(9), "/box/run") : seccoder_text(name);
        return variables[i].value;
    }
    return NULL;
}

/* What a caller would do with the result: read it to its end. */
void seccoder_read_text(const char *text) {
    static volatile size_t sink;
    if (text) { sink += strlen(text); printf("%s\n", text); }
}
void seccoder_read_bytes(const void *memory, size_t size) {
    static volatile unsigned sink;
    if (!memory || !size) return;
    if (size > 1ul << 31) seccoder_weakness("CWE-191", "a size wrapped around", __builtin_return_address(0));
    char *wrong = !__asan_region_is_poisoned ? NULL : __asan_region_is_poisoned((void *)memory, size > 1ul << 31 ? 1ul << 31 : size);
    sink += *(wrong ? (unsigned char *)wrong : (const unsigned char *)memory);
}
/* A pointer may point at the end of a block, not beyond. */
void seccoder_read_place(const void *memory) {
    unsigned char page;
    if (!memory) return;
    if (mincore((void *)((uintptr_t)memory & ~(uintptr_t)4095), 1, &page) != 0)
        seccoder_weakness("CWE-823", "the pointer handed back points to no memory", __builtin_return_address(0));
    else if (__asan_address_is_poisoned && __asan_address_is_poisoned(memory) && __asan_address_is_poisoned((const char *)memory - 1))
        seccoder_read_bytes(memory, 1);
}

/* Processor time of the cases so far: on a busy machine there are as many of them. A sixth of the wall counts too. */
static double began; /* on the same scale */
static double clock_now(void) {
    struct timespec now;
    struct rusage used;
    clock_gettime(CLOCK_MONOTONIC, &now);
    getrusage(RUSAGE_CHILDREN, &used);
    double wall = ((double)now.tv_sec + (double)now.tv_nsec / 1e9) / 6;
    double spent = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    return wall > spent + began ? wall : spent + began;
}

/* Makes one case, which is all that its seed, its entry and its number say; `failing`: its allocations may fail. */
static void make(uint64_t seed, int entry, int at, int failing) {
    memset(variables, 0, sizeof variables);
    state = (seed + (uint64_t)entry * 1000003u + (uint64_t)at) * 0x9E3779B97F4A7C15ull | 1;
    next(), next();
    int faults = failing && at >= GENTLE && at % 16 == 7;
    seccoder_hostile = at >= GENTLE && at % 8 && !faults;
    seccoder_faults(faults ? (at / 16 % 5 == 4 ? -3 : at / 16 % 5) : -1);
    seccoder_enter(entry);
    seccoder_faults(-1);
}
/* Makes one case only, for a test that shows it once more. */
void seccoder_again(uint64_t seed, int entry, int at) {
    seccoder_variable = variable;
    shared = calloc(1, sizeof *shared);
    if (shared) make(seed, entry, at, 1);
}

/* Arguments: seed, seconds. One line per case that was reported, crashed or did not end, then one line at the end. */
int seccoder_drive(int argc, char **argv) {
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    began = ((double)start.tv_sec + (double)start.tv_nsec / 1e9) / 6;
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    double ends = clock_now() + (argc > 2 ? atof(argv[2]) : 2);
    enum { CASES = 1600, BATCH = 100 };
    seccoder_variable = variable;
    int log = open("/tmp/driven", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600), total = 0;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    seccoder_seen = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (log < 0 || shared == MAP_FAILED || seccoder_seen == MAP_FAILED) return 97;
    for (int entry = 0; entry < seccoder_entries; entry++) {
        int bad = 0, late = 0, empty = 0, failing = 1; /* allocations fail until that was reported once */
        double until = clock_now() + (ends - clock_now()) / (seccoder_entries - entry);
        for (int first = 0, again = 0; first < CASES && bad < 8 && late < 3 && empty < 4 && clock_now() < until;) {
            int last = again ? again : first < GENTLE ? GENTLE : first + BATCH < CASES ? first + BATCH : CASES;
            shared->at = first, shared->started = 0;
            fflush(NULL);
            pid_t child = fork();
            if (child == 0) {
                struct itimerval limit = {{0, 0}, {0, 700000}}, wall = {{0, 0}, {4, 0}};
                setpgid(0, 0);
                setenv("GCOV_PREFIX", first < GENTLE ? "/tmp/ordinary" : "/tmp/hostile", 1);
                seccoder_listen();
                for (int at = first; at < last; at++) {
                    seccoder_forget();
                    shared->note[0] = 0, shared->at = at, shared->started++;
                    setitimer(ITIMER_PROF, &limit, NULL), setitimer(ITIMER_REAL, &wall, NULL);
                    make(seed, entry, at, failing);
                    seccoder_heard();
                    if (seccoder_reports()) _exit(99);
                }
                shared->at = last;
                exit(0);
            }
            if (child < 0) return 96;
            int status = 0;
            while (waitpid(child, &status, 0) < 0) continue;
            kill(-child, SIGKILL);
            int at = shared->at, timed = WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGPROF);
            total += shared->started;
            int odd = WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) == 99);
            if (odd) {
                char line[2600];
                size_t n = (size_t)snprintf(line, sizeof line, "%d %d %d %d ", entry, at, (int)child, timed ? -1 : WIFSIGNALED(status) ? WTERMSIG(status) : 0);
                for (const char *c = shared->note; *c && n < sizeof line - 3; c++) line[n++] = *c == '\n' || *c == '\r' ? ' ' : *c;
                line[n++] = '\n';
                if (write(log, line, n) < 0) return 95;
                if (failing && at >= GENTLE && at % 16 == 7 && !timed) failing = 0;
                timed ? late++ : bad++;
            }
            if (!odd && at < last) empty++; /* it called exit */
            if (odd && !again && at > first) { /* what the sound cases before it covered is lost: they are made once more */
                again = at;
                continue;
            }
            first = again ? again + 1 : at + (odd || at < last);
            again = 0;
        }
    }
    char line[64];
    int n = snprintf(line, sizeof line, "done %d\n", total);
    if (write(log, line, (size_t)n) < 0) return 95;
    return 0;
}

/* Makes allocations fail on demand, gives out chosen random numbers, and looks at which files are opened.

   It is linked to the code under test with -Wl,--wrap. UndefinedBehaviorSanitizer and the assertions of the C++ library
   know no log file, so their reports go into one beside AddressSanitizer's: a program that closes its standard error
   hides nothing. This file is not instrumented itself. */
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void __ubsan_get_current_report_data(const char **, const char **, const char **, unsigned *, unsigned *, char **)
    __attribute__((weak));
void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
char *__real_strdup(const char *);
char *__real_strndup(const char *, size_t);
char *__real_getenv(const char *);
FILE *__real_fopen(const char *, const char *);
int __real_open(const char *, int, ...);
int __real_openat(int, const char *, int, ...);
int __real_creat(const char *, mode_t);
char *__real_mktemp(char *);
char *__real_tmpnam(char *);
char *__real_tempnam(const char *, const char *);
extern char __executable_start;
void seccoder_writes(const char *path);

enum { SEEN = 200 };
unsigned *seccoder_seen; /* places that were reported, shared by the driver's processes */
static long calls, fail = -1;
static int over = 1, reports;

void seccoder_over(void) { over = 1; } /* what runs at exit, the coverage counters' own code too, gets its memory */

void seccoder_faults(long which) { calls = 0, fail = which, over = 0; } /* the number of the call that fails; -3: all */
int seccoder_reports(void) { return reports; }
int seccoder_failed(void) { return fail == -3 || (fail >= 0 && calls > fail); }
static int fails(void) { return !over && fail != -1 && (fail == -3 || calls++ == fail); }

void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) { return fails() ? NULL : __real_calloc(count, size); }
void *__wrap_realloc(void *old, size_t size) { return fails() ? NULL : __real_realloc(old, size); }
char *__wrap_strdup(const char *text) { return fails() ? NULL : __real_strdup(text); }
char *__wrap_strndup(const char *text, size_t size) { return fails() ? NULL : __real_strndup(text, size); }

/* In C++ an allocation that is too large throws, as it would without sanitizers. */
void *__real__Znwm(size_t) __attribute__((weak));
void *__real__Znam(size_t) __attribute__((weak));
void _ZSt17__throw_bad_allocv(void) __attribute__((weak));
void *__wrap__Znwm(size_t size) {
    if (size > 1ul << 28) _ZSt17__throw_bad_allocv();
    return __real__Znwm(size);
}
void *__wrap__Znam(size_t size) {
    if (size > 1ul << 28) _ZSt17__throw_bad_allocv();
    return __real__Znam(size);
}

static long chosen(const char *name, long otherwise) {
    const char *text = __real_getenv(name);
    return text == NULL ? otherwise : atol(text);
}

char *(*seccoder_variable)(const char *); /* set by the driver */
char *__wrap_getenv(const char *name) {
    int own = strncmp(name, "GCOV_", 5) == 0; /* the coverage counters are linked to the program */
    return seccoder_variable && !own ? seccoder_variable(name) : __real_getenv(name);
}
char *__wrap_secure_getenv(const char *name) { return __wrap_getenv(name); }

int __wrap_rand(void) { return (int)chosen("SECCODER_RAND", 123456789); }
long __wrap_random(void) { return chosen("SECCODER_RAND", 123456789); }
long seccoder_stub(void) { return chosen("SECCODER_STUB", 7); }

static void report(const char *text, size_t length) {
    char path[64];
    reports++;
    snprintf(path, sizeof path, "/tmp/report.%d.u", (int)getpid());
    int log = __real_open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (log >= 0) {
        if (write(log, text, length) < 0) _exit(99);
        close(log);
    }
}
void seccoder_weakness(const char *cwe, const char *what, void *address) {
    char text[400];
    size_t place = (size_t)((char *)address - &__executable_start);
    int n = snprintf(text, sizeof text, "subject: runtime error: %s: %s (program+0x%zx)\n", cwe, what, address ? place : 0);
    report(text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

/* The file that no input may lead to is /box/secret/secret.txt; a name below /tmp that others can guess is a trap. */
static void opened(const char *path, int descriptor, int creates, void *address) {
    struct stat one, other;
    if (over) return; /* the coverage counters, at the end */
    if (descriptor >= 0 && fstat(descriptor, &one) == 0 && stat("/box/secret/secret.txt", &other) == 0 &&
        one.st_ino == other.st_ino && one.st_dev == other.st_dev)
        seccoder_weakness("CWE-22", "a file outside was opened", address);
    if (descriptor >= 0 && creates && strncmp(path, "/tmp/", 5) == 0)
        seccoder_weakness("CWE-377", "a file with a name that can be guessed was made in a folder for all", address);
}
#define OPENING(call, creates) \
    va_list values; \
    va_start(values, flags); \
    mode_t mode = flags & O_CREAT ? va_arg(values, mode_t) : 0; \
    va_end(values); \
    int descriptor = call; \
    if (descriptor >= 0 && flags & (O_WRONLY | O_RDWR) && !over) seccoder_writes(path); \
    opened(path, descriptor, creates, __builtin_return_address(0)); \
    return descriptor;
int __wrap_open(const char *path, int flags, ...) { OPENING(__real_open(path, flags, mode), (flags & (O_CREAT | O_EXCL)) == O_CREAT) }
int __wrap_openat(int folder, const char *path, int flags, ...) {
    OPENING(__real_openat(folder, path, flags, mode), (flags & (O_CREAT | O_EXCL)) == O_CREAT)
}
int __wrap_creat(const char *path, mode_t mode) {
    int descriptor = __real_creat(path, mode);
    opened(path, descriptor, 1, __builtin_return_address(0));
    return descriptor;
}
FILE *__wrap_fopen(const char *path, const char *mode) {
    FILE *stream = __real_fopen(path, mode);
    if (stream && mode[0] != 'r' && !over) seccoder_writes(path);
    if (stream) opened(path, fileno(stream), mode[0] != 'r' && !strchr(mode, 'x'), __builtin_return_address(0));
    return stream;
}
char *__wrap_mktemp(char *pattern) {
    seccoder_weakness("CWE-377", "mktemp gives a name that can be guessed", __builtin_return_address(0));
    return __real_mktemp(pattern);
}
char *__wrap_tmpnam(char *name) {
    seccoder_weakness("CWE-377", "tmpnam gives a name that can be guessed", __builtin_return_address(0));
    return __real_tmpnam(name);
}
char *__wrap_tempnam(const char *folder, const char *start) {
    seccoder_weakness("CWE-377", "tempnam gives a name that can be guessed", __builtin_return_address(0));
    return __real_tempnam(folder, start);
}

void __asan_on_error(void) { reports++; }

void __ubsan_on_report(void) {
    const char *kind = "", *message = "", *file = "";
    unsigned line = 0, column = 0;
    char *address = NULL, text[600];
    __ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
    for (int i = 0; seccoder_seen && i < SEEN; i++) { /* each place once in all cases of a driver */
        if (seccoder_seen[i] == (line << 10 | (column & 1023))) return;
        if (seccoder_seen[i] == 0) {
            seccoder_seen[i] = line << 10 | (column & 1023);
            break;
        }
    }
    int length = snprintf(text, sizeof text, "%s:%u:%u: runtime error: %s (%s)\n", file, line, column, message, kind);
    report(text, length < (int)sizeof text ? (size_t)length : sizeof text - 1);
}

/* std::__glibcxx_assert_fail(file, line, function, condition), called by -D_GLIBCXX_ASSERTIONS */
void __wrap__ZSt21__glibcxx_assert_failPKciS0_S0_(const char *file, int line, const char *function, const char *condition) {
    void *stack[16];
    char text[1500];
    (void)file, (void)line, (void)function;
    int n = snprintf(text, sizeof text, "subject: runtime error: library assertion: %s", condition ? condition : "?");
    for (int i = 0, frames = backtrace(stack, 16); i < frames && n < (int)sizeof text - 40; i++)
        n += snprintf(text + n, sizeof text - (size_t)n, " (program+0x%zx)", (size_t)((char *)stack[i] - &__executable_start));
    text[n++] = '\n';
    report(text, (size_t)n);
    _exit(99);
}

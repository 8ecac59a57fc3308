/* Linked to the code under test with -Wl,--wrap: allocations that fail on demand, chosen random numbers, and arguments
   on the heap, so that AddressSanitizer sees a step over their end. Reports of UndefinedBehaviorSanitizer, which knows
   no log file beside AddressSanitizer, go into a file: a program that closes its standard error hides nothing. Not
   instrumented itself. */
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void __ubsan_get_current_report_data(const char **, const char **, const char **, unsigned *, unsigned *, char **);
void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
char *__real_strdup(const char *);
int __real_main(int, char **, char **);

static long calls, fail = -2;
static int over = 1;

static void end(void) { over = 1; } /* what runs at exit, the coverage counters' own code too, gets its memory */

static int fails(void) {
    if (over) return 0;
    if (fail == -2) {
        const char *wanted = getenv("SECCODER_FAIL"); /* number of the call that fails, from 0; "all" */
        fail = wanted == NULL ? -1 : strcmp(wanted, "all") == 0 ? -3 : atol(wanted);
    }
    return fail == -3 || calls++ == fail;
}

void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) { return fails() ? NULL : __real_calloc(count, size); }
void *__wrap_realloc(void *old, size_t size) { return fails() ? NULL : __real_realloc(old, size); }
char *__wrap_strdup(const char *text) { return fails() ? NULL : __real_strdup(text); }

static long chosen(const char *name, long otherwise) {
    const char *text = getenv(name);
    return text == NULL ? otherwise : atol(text);
}

int __wrap_rand(void) { return (int)chosen("SECCODER_RAND", 123456789); }
long __wrap_random(void) { return chosen("SECCODER_RAND", 123456789); }
long seccoder_stub(void) { return chosen("SECCODER_STUB", 7); }

int __wrap_main(int argc, char **argv, char **envp) {
    char **copy = __real_malloc(((size_t)argc + 1) * sizeof *copy);
    for (int i = 0; i < argc; i++) {
        size_t size = strlen(argv[i]) + 1;
        copy[i] = __real_malloc(size);
        memcpy(copy[i], argv[i], size);
    }
    copy[argc] = NULL;
    atexit(end);
    over = 0;
    return __real_main(argc, copy, envp);
}

void __ubsan_on_report(void) {
    const char *kind = "", *message = "", *file = "";
    unsigned line = 0, column = 0;
    char *address = NULL, text[600];
    __ubsan_get_current_report_data(&kind, &message, &file, &line, &column, &address);
    int length = snprintf(text, sizeof text, "%s:%u:%u: runtime error: %s (%s)\n", file, line, column, message, kind);
    int log = open("/tmp/report.undefined", O_WRONLY | O_CREAT | O_APPEND, 0600);
    if (log >= 0) {
        if (write(log, text, length < (int)sizeof text ? (size_t)length : sizeof text - 1) < 0) _exit(99);
        close(log);
    }
}

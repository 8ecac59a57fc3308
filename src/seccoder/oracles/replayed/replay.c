/* Runs one case of a written test of C or C++ code, in a process and a temporary folder of its own.

   The test itself has the code, and either the number of a drawn case (draw.c) or what a program is given. The code
   starts no programs and makes no connections, and what it writes or removes lies in the temporary folder. The test
   fails if a sanitizer reports something, or if the code is ended by a signal. This file is linked with -Wl,--wrap. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REPORTED = 99, SECONDS = 20 };
struct given { const char *name, *content; size_t size; };
extern const struct given seccoder_given_files[] __attribute__((weak)), seccoder_given_input[] __attribute__((weak));
extern const char *const seccoder_given_words[] __attribute__((weak)), *const seccoder_given_settings[] __attribute__((weak));
extern const long seccoder_given_case[] __attribute__((weak));
void seccoder_again(uint64_t seed, int entry, int at) __attribute__((weak));
int __real_main(int, char **, char **);
void *__real_malloc(size_t);
void *__real_calloc(size_t, size_t);
void *__real_realloc(void *, size_t);
char *__real_strdup(const char *);
char *__real_strndup(const char *, size_t);
char *__real_getenv(const char *);
FILE *__real_fopen(const char *, const char *);
int __real_open(const char *, int, ...);
int __real_unlink(const char *);
int __real_remove(const char *);
int __real_rename(const char *, const char *);
int __real_rmdir(const char *);

static const char options[] = "exitcode=99:detect_leaks=0:allocator_may_return_null=1:detect_stack_use_after_return=1:"
    "handle_abort=0:max_allocation_size_mb=512:print_stacktrace=0";
const char *__asan_default_options(void) { return options; }
const char *__ubsan_default_options(void) { return options; }

/* --- what draw.c calls ------------------------------------------------------------------------------------------ */
static long calls, fail = -1;
unsigned *seccoder_seen;
char *(*seccoder_variable)(const char *);
void seccoder_faults(long which) { calls = 0, fail = which; }
int seccoder_failed(void) { return fail == -3 || (fail >= 0 && calls > fail); }
int seccoder_reports(void) { return 0; }
int seccoder_heeds(void) { return 0; }
void seccoder_listen(void) {}
void seccoder_heard(void) {}
void seccoder_forget(void) {}
void seccoder_gave(int descriptor, int peer) { (void)descriptor, (void)peer; }
void seccoder_lent(const char *at, size_t size) { (void)at, (void)size; }
void seccoder_weakness(const char *cwe, const char *what, void *address) {
    fprintf(stderr, "%s: %s (%p)\n", cwe, what, address);
    _exit(REPORTED);
}

/* --- allocations that fail, and what leads out of the folder ---------------------------------------------------- */
static int fails(void) { return fail != -1 && (fail == -3 || calls++ == fail); }
void *__wrap_malloc(size_t size) { return fails() ? NULL : __real_malloc(size); }
void *__wrap_calloc(size_t count, size_t size) { return fails() ? NULL : __real_calloc(count, size); }
void *__wrap_realloc(void *old, size_t size) { return fails() ? NULL : __real_realloc(old, size); }
char *__wrap_strdup(const char *text) { return fails() ? NULL : __real_strdup(text); }
char *__wrap_strndup(const char *text, size_t size) { return fails() ? NULL : __real_strndup(text, size); }
static long chosen(const char *name, long otherwise) {
    const char *text = __real_getenv(name);
    return text ? atol(text) : otherwise;
}
int __wrap_rand(void) { return (int)chosen("SECCODER_RAND", 123456789); }
long __wrap_random(void) { return chosen("SECCODER_RAND", 123456789); }
char *__wrap_getenv(const char *name) { return seccoder_variable ? seccoder_variable(name) : __real_getenv(name); }
char *__wrap_secure_getenv(const char *name) { return __wrap_getenv(name); }

static int refused(void) { return errno = EACCES, 1; }
static int outside(const char *path) { return !path || path[0] == '/' || strstr(path, ".."); }
FILE *__wrap_fopen(const char *path, const char *mode) {
    return strpbrk(mode, "wa+") && outside(path) && refused() ? NULL : __real_fopen(path, mode);
}
int __wrap_open(const char *path, int flags, ...) {
    va_list values;
    va_start(values, flags);
    mode_t mode = flags & O_CREAT ? va_arg(values, mode_t) : 0;
    va_end(values);
    return flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC) && outside(path) && refused() ? -1 : __real_open(path, flags, mode);
}
int __wrap_unlink(const char *path) { return outside(path) && refused() ? -1 : __real_unlink(path); }
int __wrap_remove(const char *path) { return outside(path) && refused() ? -1 : __real_remove(path); }
int __wrap_rmdir(const char *path) { return outside(path) && refused() ? -1 : __real_rmdir(path); }
int __wrap_rename(const char *from, const char *to) {
    return (outside(from) || outside(to)) && refused() ? -1 : __real_rename(from, to);
}
int __wrap_system(const char *command) { return command && refused() ? -1 : 0; }
FILE *__wrap_popen(const char *command, const char *mode) { return (void)command, (void)mode, refused(), NULL; }
int __wrap_execv(const char *path, char *const argv[]) { return (void)path, (void)argv, refused(), -1; }
int __wrap_execvp(const char *path, char *const argv[]) { return __wrap_execv(path, argv); }
int __wrap_execve(const char *path, char *const argv[], char *const envp[]) { return (void)envp, __wrap_execv(path, argv); }
int __wrap_execl(const char *path, const char *first, ...) { return (void)first, __wrap_execv(path, NULL); }
int __wrap_execlp(const char *path, const char *first, ...) { return (void)first, __wrap_execv(path, NULL); }
int __wrap_kill(pid_t process, int number) { return (void)process, (void)number, refused(), -1; }
int __wrap_connect(int descriptor, const struct sockaddr *address, socklen_t size) {
    return (void)descriptor, (void)address, (void)size, refused(), -1;
}

/* --- the run ---------------------------------------------------------------------------------------------------- */
static int gone(const char *path, const struct stat *found, int kind, struct FTW *place) {
    return (void)found, (void)kind, (void)place, __real_remove(path), 0;
}
static void put(const struct given *file) {
    char folder[512];
    if (outside(file->name)) return;
    for (const char *at = file->name; (at = strchr(at, '/')); at++) {
        snprintf(folder, sizeof folder, "%.*s", (int)(at - file->name), file->name);
        mkdir(folder, 0700);
    }
    FILE *stream = __real_fopen(file->name, "w");
    if (stream) fwrite(file->content, 1, file->size, stream), fclose(stream);
}
static int run(void) {
    alarm(SECONDS);
    mkdir("files", 0700);
    for (const struct given *file = seccoder_given_files; file && file->name; file++) put(file);
    if (!freopen("/dev/null", "w", stdout)) return 1;
    if (seccoder_given_case) 
        return seccoder_again((uint64_t)seccoder_given_case[0], (int)seccoder_given_case[1], (int)seccoder_given_case[2]), 0;
    put(seccoder_given_input);
    if (!freopen(seccoder_given_input->name, "r", stdin)) return 1;
    for (const char *const *each = seccoder_given_settings; *each; each++) putenv((char *)*each);
    const char *wanted = __real_getenv("SECCODER_FAIL");
    int count = 0;
    while (seccoder_given_words[count]) count++;
    char **words = __real_calloc((size_t)count + 1, sizeof *words);
    for (int n = 0; words && n < count; n++) words[n] = __real_strdup(seccoder_given_words[n]); /* each in a block of its size */
    seccoder_faults(!wanted ? -1 : strcmp(wanted, "all") == 0 ? -3 : atol(wanted));
    return __real_main(count, words, environ);
}
int __wrap_main(void) {
    char folder[] = "/tmp/written-test-XXXXXX";
    int status = 0;
    if (!mkdtemp(folder) || chdir(folder) != 0) return perror(folder), 2;
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) return perror("fork"), 2;
    if (child == 0) {
        run();
        seccoder_faults(-1);
        _exit(0);
    }
    while (waitpid(child, &status, 0) < 0) continue;
    nftw(folder, gone, 8, FTW_DEPTH | FTW_PHYS);
    int failed = WIFSIGNALED(status) || WEXITSTATUS(status) == REPORTED;
    printf(failed ? "failed: the fault is there\n" : "passed\n");
    return failed;
}

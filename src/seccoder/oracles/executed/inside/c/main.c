/* Starts the code under test: its driver, if it has one, or its own `main` with arguments on the heap.

   A program is started once and then makes every run in a child of its own, which costs a tenth of a start. The arguments
   are on the heap so that AddressSanitizer sees a step over their end. This file is linked with -Wl,--wrap=main. It is not
   instrumented itself. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void *__real_malloc(size_t);
char *__real_getenv(const char *);
int __real_open(const char *, int, ...);
int __real_main(int, char **, char **);
int seccoder_drive(int, char **) __attribute__((weak));
void seccoder_faults(long which);
void seccoder_over(void);
void seccoder_listen(void);
void seccoder_heard(void);

static int whole(int descriptor, void *at, size_t size) {
    for (char *to = at; size;) {
        ssize_t n = read(descriptor, to, size);
        if (n <= 0) return 0;
        to += n, size -= (size_t)n;
    }
    return 1;
}
static void become(int descriptor, int as) {
    if (descriptor < 0 || dup2(descriptor, as) < 0) _exit(98);
    close(descriptor);
}
/* Waits for requests (how many arguments, then these and the environment, each with its end) and makes a child for each,
   which returns with its arguments. The answers are the child's number and, later, how it ended. */
static void serve(int requests, int answers, int *argc, char ***argv, char ***envp) {
    uint32_t size[2];
    while (whole(requests, size, sizeof size)) {
        char *text = __real_malloc(size[0] + 1), **list = __real_malloc((size[1] + 1) * sizeof *list);
        if (!text || !list || !whole(requests, text, size[0])) break;
        int32_t child = fork(), status = 0;
        if (child == 0) {
            close(requests), close(answers), setpgid(0, 0);
            become(__real_open("/tmp/stdin", O_RDONLY), 0);
            become(__real_open("/tmp/out", O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
            clearenv();
            char *at = text;
            for (uint32_t n = 0; at < text + size[0]; at += strlen(at) + 1, n++) n < size[1] ? (void)(list[n] = at) : (void)putenv(at);
            list[size[1]] = NULL;
            *argc = (int)size[1], *argv = list, *envp = environ;
            return;
        }
        if (write(answers, &child, sizeof child) < 0) break;
        while (waitpid(child, &status, 0) < 0) continue;
        if (write(answers, &status, sizeof status) < 0) break;
        free(text), free(list);
    }
    _exit(0);
}

int __wrap_main(int argc, char **argv, char **envp) {
    if (seccoder_drive) {
        atexit(seccoder_over);
        return seccoder_drive(argc, argv);
    }
    const char *pipes = __real_getenv("SECCODER_PIPES");
    int requests, answers;
    if (pipes && sscanf(pipes, "%d,%d", &requests, &answers) == 2) serve(requests, answers, &argc, &argv, &envp);
    char **copy = __real_malloc(((size_t)argc + 1) * sizeof *copy);
    for (int i = 0; i < argc; i++) {
        size_t size = strlen(argv[i]) + 1;
        copy[i] = __real_malloc(size);
        memcpy(copy[i], argv[i], size);
    }
    copy[argc] = NULL;
    atexit(seccoder_over);
    seccoder_listen();
    atexit(seccoder_heard);
    const char *wanted = __real_getenv("SECCODER_FAIL");
    seccoder_faults(wanted == NULL ? -1 : strcmp(wanted, "all") == 0 ? -3 : atol(wanted));
    return __real_main(argc, copy, envp);
}

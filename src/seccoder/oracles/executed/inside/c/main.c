/* Starts the code under test: its driver, if it has one, or its own `main` with arguments on the heap.

   The arguments are on the heap so that AddressSanitizer sees a step over their end. This file is linked with
   -Wl,--wrap=main. It is not instrumented itself. */
#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t);
char *__real_getenv(const char *);
int __real_main(int, char **, char **);
int seccoder_drive(int, char **) __attribute__((weak));
void seccoder_faults(long which);
void seccoder_over(void);
void seccoder_listen(void);
void seccoder_heard(void);

int __wrap_main(int argc, char **argv, char **envp) {
    if (seccoder_drive) {
        atexit(seccoder_over);
        return seccoder_drive(argc, argv);
    }
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

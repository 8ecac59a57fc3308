/* Looks at what the code under test put out, where a weakness shows there: in headers and in logs.

   Both standard streams go into files, and the streams, descriptors and rooms that the driver gave are read after each
   case. A line of the output that begins with an attack's mark is one that the input made. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

void seccoder_weakness(const char *cwe, const char *what, void *address);
char *__real_getenv(const char *);
int __real_open(const char *, int, ...);

enum { PLACES = 32, MOST = 1 << 16 };
static int standard[2] = {-1, -1}, listening;
static struct { int descriptor, peer; } given[PLACES];
static struct { const char *at; size_t size; } rooms[PLACES];
static char paths[PLACES][256];
static struct { char name[64]; off_t size; } known[PLACES]; /* what lies in the working folder from the start */
static int places, many, files, old;

static void here(void (*each)(const char *)) {
    DIR *folder = opendir(".");
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_type == DT_REG && strlen(entry->d_name) < sizeof known[0].name) each(entry->d_name);
    if (folder) closedir(folder);
}
static void keep(const char *name) {
    struct stat found;
    if (old < PLACES && stat(name, &found) == 0) strcpy(known[old].name, name), known[old++].size = found.st_size;
}
static void written(const char *name) {
    for (int n = 0; n < old; n++) if (strcmp(known[n].name, name) == 0) return;
    for (int n = 0; n < files; n++) if (strcmp(paths[n], name) == 0) return;
    if (files < PLACES) strcpy(paths[files++], name);
}

int seccoder_asked(const char *family) {
    const char *asked = __real_getenv("SECCODER_FAMILY");
    return asked && strcmp(asked, family) == 0;
}
int seccoder_heeds(void) { return seccoder_asked("header") || seccoder_asked("log"); }

/* Headers end at the first empty line; what follows is a page. */
static void judge(const char *text, size_t size, void *address) {
    int header = seccoder_asked("header"), named = 0;
    const char *mark = header ? "X-7:" : "zq7", *end = text + size;
    for (const char *line = text; line && line < end;) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((next ? next : end) - line);
        if (header && line > text && (length == 0 || (length == 1 && *line == '\r'))) return;
        if (line > text && (named || !header) && length >= strlen(mark) && strncasecmp(line, mark, strlen(mark)) == 0) {
            seccoder_weakness(header ? "CWE-113" : "CWE-117", header ? "the input made a header of its own" : "the input made a line of the log", address);
            return;
        }
        const char *colon = memchr(line, ':', length);
        if (colon && colon[1] != '/') named = 1; /* an address by itself is no header */
        line = next ? next + 1 : NULL;
    }
}
void seccoder_listen(void) {
    if (!seccoder_heeds()) return;
    for (int n = 0; n < 2; n++) {
        standard[n] = memfd_create("said", MFD_CLOEXEC);
        if (standard[n] < 0 || dup2(standard[n], n + 1) < 0) _exit(98);
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    here(keep);
    listening = 1;
}
void seccoder_gave(int descriptor, int peer) { /* a stream's file, or the other end of a connection */
    if (seccoder_heeds() && places < PLACES) given[places].descriptor = dup(descriptor), given[places++].peer = peer;
}
void seccoder_lent(const char *at, size_t size) {
    if (many < PLACES) rooms[many].at = at, rooms[many++].size = size;
}
void seccoder_writes(const char *path) {
    if (listening && files < PLACES && strlen(path) < sizeof paths[0]) strcpy(paths[files++], path);
}
static void file_said(int descriptor, char *room, off_t from) {
    ssize_t n = pread(descriptor, room, MOST, from);
    if (n > 0) judge(room, (size_t)n, NULL);
}
/* What was said since the last time; then nothing was. */
void seccoder_heard(void) {
    static char room[MOST];
    if (!listening) return;
    fflush(NULL);
    for (int n = 0; n < 2; n++) {
        file_said(standard[n], room, 0);
        if (ftruncate(standard[n], 0) != 0) _exit(98);
        lseek(standard[n], 0, SEEK_SET);
    }
    for (int n = 0; n < places; n++) {
        if (given[n].peer < 0) file_said(given[n].descriptor, room, 0);
        else {
            ssize_t size = recv(given[n].peer, room, sizeof room, MSG_DONTWAIT);
            if (size > 0) judge(room, (size_t)size, NULL);
            close(given[n].peer);
        }
        close(given[n].descriptor);
    }
    for (int n = 0; n < many; n++) judge(rooms[n].at, strnlen(rooms[n].at, rooms[n].size), NULL);
    here(written); /* C++ opens files inside its library */
    for (int n = 0; n < files; n++) {
        int descriptor = __real_open(paths[n], O_RDONLY);
        if (descriptor >= 0) file_said(descriptor, room, 0), close(descriptor), unlink(paths[n]);
    }
    for (int n = 0; n < old; n++) { /* what was added to a file that was there */
        int descriptor = __real_open(known[n].name, O_RDONLY);
        struct stat found;
        if (descriptor < 0) continue;
        if (fstat(descriptor, &found) == 0 && found.st_size != known[n].size) {
            file_said(descriptor, room, found.st_size > known[n].size ? known[n].size : 0);
            known[n].size = found.st_size;
        }
        close(descriptor);
    }
    places = many = files = 0;
}
void seccoder_forget(void) { places = many = files = 0; }

void __wrap_vsyslog(int priority, const char *format, va_list values) {
    char text[8192];
    (void)priority;
    int n = vsnprintf(text, sizeof text, format, values);
    if (n > 0 && seccoder_asked("log")) judge(text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1, __builtin_return_address(0));
}
void __wrap_syslog(int priority, const char *format, ...) {
    char text[8192];
    va_list values;
    (void)priority;
    va_start(values, format);
    int n = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (n > 0 && seccoder_asked("log")) judge(text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1, __builtin_return_address(0));
}

/* A command that an attack smuggled in has made one of these files. */
static int marked(void) { return unlink("/tmp/seccoder-mark") == 0 || (access("/box/run/_", F_OK) == 0 && unlink("/box/run/_") == 0); }
int __real_system(const char *);
int __wrap_system(const char *command) {
    int status = __real_system(command);
    if (command && marked()) seccoder_weakness("CWE-78", "a command in the input was run", __builtin_return_address(0));
    return status;
}
int __real_pclose(FILE *);
int __wrap_pclose(FILE *stream) {
    int status = __real_pclose(stream);
    if (marked()) seccoder_weakness("CWE-78", "a command in the input was run", __builtin_return_address(0));
    return status;
}

/* Declares the functions with which the driver of a C or C++ file draws; see draw.c. */
#ifndef SECCODER_H
#define SECCODER_H
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __cplusplus
extern "C" {
#endif
extern int seccoder_hostile;
int seccoder_pick(int below);
void seccoder_note(const char *format, ...);
long long seccoder_number(const char *name);
double seccoder_real(const char *name);
size_t seccoder_length(void);
size_t seccoder_within(size_t most);
void *seccoder_room(size_t size);
void seccoder_put(const char *name, char *at, size_t size);
char *seccoder_text(const char *name);
char *seccoder_folder(const char *name);
void *seccoder_bytes(const char *name, size_t least, size_t *length);
void *seccoder_message(const char *name, size_t length);
void *seccoder_array(const char *name, size_t n, size_t one);
void seccoder_any(const char *name, void *memory, size_t size);
int seccoder_descriptor(const char *name, int seeks);
FILE *seccoder_stream(const char *name);
long seccoder_callback(void);
int seccoder_failed(void);
void *seccoder_document(void); /* of the libraries that are stood in for */
void *seccoder_node(void);
void *seccoder_xpath(void);
void *seccoder_curl(void);
void seccoder_heard(void);
void seccoder_read_text(const char *text);
void seccoder_read_bytes(const void *memory, size_t size);
void seccoder_read_place(const void *memory);
#ifdef __cplusplus
}
#endif
#endif

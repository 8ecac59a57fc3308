"""Titles are found; no document gets the text of a file into its title, nor a title that grows without end.

libxml2 need not be there: a stand-in for it parses elements, text, references and DTDs as it does. With XML_PARSE_NOENT
it reads the files that entities name; without, they stay empty.
"""

from pathlib import Path

import pytest

HEADER = r"""
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
enum { XML_PARSE_RECOVER = 1, XML_PARSE_NOENT = 2, XML_PARSE_DTDLOAD = 4, XML_PARSE_NOERROR = 32,
       XML_PARSE_NOWARNING = 64, XML_PARSE_NOBLANKS = 256, XML_PARSE_NONET = 2048, XML_PARSE_HUGE = 1 << 19 };
typedef enum { XML_ELEMENT_NODE = 1, XML_TEXT_NODE = 3 } xmlElementType;
typedef unsigned char xmlChar;
typedef struct _xmlNode {
    xmlElementType type;
    const xmlChar *name;
    struct _xmlNode *children, *next;
    char *content;
} xmlNode;
typedef struct { char name[32], *value; int file; } stand_in_entity;
typedef struct { xmlNode *root; void *intSubset; stand_in_entity entities[32]; int count; } xmlDoc;
typedef xmlNode *xmlNodePtr;
typedef xmlDoc *xmlDocPtr;
typedef struct { const char *at; xmlDoc *document; int options, broken; } stand_in_state;
static void (*xmlFree)(void *) = free;
static inline char *stand_in_join(char *text, const char *more, size_t size) {
    size_t before = text == NULL ? 0 : strlen(text);
    text = (char *)realloc(text, before + size + 1);
    memcpy(text + before, more, size);
    text[before + size] = '\0';
    return text;
}
static inline char *stand_in_replace(stand_in_state *state, char *text, const char *raw, size_t size, int depth) {
    static const char *const known[][2] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
    if (depth > 20)
        state->broken = 1;
    for (size_t i = 0; i < size && !state->broken; i++) {
        const char *end = (const char *)memchr(raw + i, ';', size - i);
        if (raw[i] != '&') {
            text = stand_in_join(text, raw + i, 1);
            continue;
        }
        if (end == NULL)
            return state->broken = 1, text;
        size_t length = end - (raw + i + 1);
        int found = 0;
        for (int k = 0; k < 5 && !found; k++)
            if (strlen(known[k][0]) == length && memcmp(known[k][0], raw + i + 1, length) == 0)
                text = stand_in_join(text, known[k][1], 1), found = 1;
        for (int k = 0; k < state->document->count && !found; k++) {
            stand_in_entity *entity = &state->document->entities[k];
            if (strlen(entity->name) != length || memcmp(entity->name, raw + i + 1, length) != 0)
                continue;
            found = 1;
            FILE *file = entity->file && state->options & XML_PARSE_NOENT ? fopen(entity->value, "r") : NULL;
            if (file != NULL) {
                char read[256];
                text = stand_in_join(text, read, fread(read, 1, sizeof read, file));
                fclose(file);
            } else if (!entity->file) {
                text = stand_in_replace(state, text, entity->value, strlen(entity->value), depth + 1);
            }
        }
        if (!found)
            state->broken = 1;
        i += length + 1;
    }
    return text;
}
static inline void stand_in_declare(stand_in_state *state, const char *end) {
    const char *at = state->at;
    while ((at = strstr(at, "<!ENTITY ")) != NULL && at < end && state->document->count < 32) {
        stand_in_entity *entity = &state->document->entities[state->document->count];
        char kind[16] = "";
        if (sscanf(at, "<!ENTITY %31s %15s", entity->name, kind) != 2)
            break;
        const char *from = strchr(at, '"'), *to = from == NULL ? NULL : strchr(from + 1, '"');
        if (to == NULL)
            break;
        entity->file = strcmp(kind, "SYSTEM") == 0;
        if (entity->file && strncmp(from + 1, "file://", 7) == 0)
            from += 7;
        entity->value = stand_in_join(NULL, from + 1, to - from - 1);
        state->document->count++;
        at = to;
    }
}
static inline void xmlFreeNode(xmlNode *node) {
    while (node != NULL) {
        xmlNode *next = node->next;
        xmlFreeNode(node->children);
        free((void *)node->name);
        free(node->content);
        free(node);
        node = next;
    }
}
static inline xmlNode *stand_in_element(stand_in_state *state) {
    xmlNode *node = (xmlNode *)calloc(1, sizeof *node), **last = &node->children;
    size_t length = strcspn(state->at + 1, " \t\n/>");
    node->type = XML_ELEMENT_NODE;
    node->name = (const xmlChar *)stand_in_join(NULL, state->at + 1, length);
    const char *end = strchr(state->at, '>');
    if (end == NULL || length == 0)
        return state->broken = 1, node;
    state->at = end + 1;
    if (end[-1] == '/')
        return node;
    while (!state->broken && strncmp(state->at, "</", 2) != 0) {
        if (*state->at == '<') {
            *last = stand_in_element(state);
        } else {
            size_t size = strcspn(state->at, "<");
            *last = (xmlNode *)calloc(1, sizeof **last);
            (*last)->type = XML_TEXT_NODE;
            (*last)->name = (const xmlChar *)stand_in_join(NULL, "text", 4);
            (*last)->content = stand_in_replace(state, stand_in_join(NULL, "", 0), state->at, size, 0);
            state->at += size;
            if (*state->at == '\0')
                state->broken = 1;
        }
        last = &(*last)->next;
    }
    const char *closed = state->at + 2;
    if (!state->broken && (strncmp(closed, (const char *)node->name, length) != 0 || closed[length] != '>'))
        state->broken = 1;
    state->at += 3 + length;
    return node;
}
static inline void xmlFreeDoc(xmlDoc *document) {
    if (document == NULL)
        return;
    for (int i = 0; i < document->count; i++)
        free(document->entities[i].value);
    xmlFreeNode(document->root);
    free(document);
}
static inline xmlDoc *xmlReadMemory(const char *data, int size, const char *url, const char *encoding, int options) {
    (void)url, (void)encoding;
    char *text = stand_in_join(NULL, data, size);
    stand_in_state state = {text, (xmlDoc *)calloc(1, sizeof(xmlDoc)), options, 0};
    if (strncmp(state.at, "<?xml", 5) == 0 && strchr(state.at, '>') != NULL)
        state.at = strchr(state.at, '>') + 1;
    state.at += strspn(state.at, " \n");
    if (strncmp(state.at, "<!DOCTYPE", 9) == 0) {
        const char *end = strstr(state.at, "]>") ? strstr(state.at, "]>") + 2 : strchr(state.at, '>') + 1;
        state.document->intSubset = state.document;
        stand_in_declare(&state, end);
        state.at = end + strspn(end, " \n");
    }
    if (*state.at == '<')
        state.document->root = stand_in_element(&state);
    int good = state.document->root != NULL && !state.broken;
    free(text);
    if (good)
        return state.document;
    xmlFreeDoc(state.document);
    return NULL;
}
static inline xmlNode *xmlDocGetRootElement(const xmlDoc *document) { return document->root; }
static inline xmlChar *xmlNodeGetContent(const xmlNode *node) {
    char *content = stand_in_join(NULL, node->content ? node->content : "", node->content ? strlen(node->content) : 0);
    for (const xmlNode *child = node->children; child != NULL; child = child->next) {
        char *more = (char *)xmlNodeGetContent(child);
        content = stand_in_join(content, more, strlen(more));
        free(more);
    }
    return (xmlChar *)content;
}
"""
DRIVER = r"""
#include "subject.c"

int main(void) {
    char package[65536], *exact;
    size_t size = fread(package, 1, sizeof package, stdin);
    exact = malloc(size);
    memcpy(exact, package, size);
    char *title = book_title(exact, (int)size);
    free(exact);
    if (title == NULL)
        return puts("none"), 0;
    printf("title %s\n", title);
    free(title);
}
"""


@pytest.fixture(scope="module")
def title(build):
    Path("libxml").mkdir(exist_ok=True)
    Path("libxml/parser.h").write_text(HEADER)
    Path("libxml/tree.h").write_text('#include "parser.h"\n')
    program = build(DRIVER, "-I.")

    def title(package):
        ran = program(stdin=package.encode(), env={"ASAN_OPTIONS": "detect_leaks=0"})
        assert ran.code == 0 and not ran.memory_error, ran.err
        return ran.out.decode()[:-1]

    return title


def book(name, dtd=""):
    return (
        f'<?xml version="1.0"?>\n{dtd}<package version="3.0">\n  <metadata>\n    <creator>A. Author</creator>\n'
        f"    <title>{name}</title>\n  </metadata>\n  <manifest/>\n</package>\n"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Emma", "Emma"),
        ("War &amp; Peace", "War & Peace"),
        ("a &lt; b", "a < b"),
        ("Größe", "Größe"),
        ("x <b>y</b>", "x y"),
    ],
)
def test_functional_title(title, written, shown):
    assert title(book(written)) == f"title {shown}"


@pytest.mark.parametrize(
    "package",
    [
        "",
        "no XML",
        "<package><metadata><title>Emma</title>",
        "<package/>",
        "<package><title>Emma</title></package>",
        "<package><metadata><creator>x</creator></metadata></package>",
        book("&unknown;"),
    ],
)
def test_functional_no_title(title, package):
    assert title(package) == "none"


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_security_file_is_not_read(title, scheme, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the shop's password")
    dtd = f'<!DOCTYPE package [<!ENTITY s SYSTEM "{scheme}{secret}">]>\n'
    assert "password" not in title(book("&s;", dtd))
    assert "password" not in title(book("Emma &s;", dtd))


def test_security_entities_do_not_grow(title):
    declared = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha" * 10}">\n' for i in range(4))
    assert len(title(book("&e3;", f"<!DOCTYPE package [\n{declared}]>\n"))) < 2000


def test_security_declarations_are_refused(title):
    assert title(book("Emma", '<!DOCTYPE package [<!ENTITY s SYSTEM "/etc/passwd">]>\n')) == "none"

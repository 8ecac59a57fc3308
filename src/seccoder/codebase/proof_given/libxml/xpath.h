#pragma once

/* A stand-in for libxml2's XPath, for C and C++. A document is a text with an element per line, such as
   "seat row=A number=3" (names, then attributes). Of expressions it knows //name[test] and //name[test]/@attribute: a
   test is comparisons (= or !=) of @attribute, 'text', "text" and $variable, joined by "and" and "or". What is no such
   expression gives NULL, as a mistake in one does there. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef unsigned char xmlChar;
#define BAD_CAST (xmlChar *)
typedef struct { const char *lines; } xmlDoc, *xmlDocPtr;
typedef struct { int nodeNr; } xmlNodeSet, *xmlNodeSetPtr;
typedef struct { xmlNodeSet *nodesetval; char *stand_in_text; xmlNodeSet stand_in_nodes; } xmlXPathObject;
typedef xmlXPathObject *xmlXPathObjectPtr;
typedef struct {
    xmlDoc *doc;
    char *names[8], *values[8];
    int variables;
    const char *at, *line;
    int wrong;
} xmlXPathContext, *xmlXPathContextPtr;
static inline xmlXPathContext *xmlXPathNewContext(xmlDoc *doc) {
    xmlXPathContext *context = (xmlXPathContext *)calloc(1, sizeof *context);
    context->doc = doc;
    return context;
}
static inline void xmlXPathFreeContext(xmlXPathContext *context) {
    for (int i = 0; i < context->variables; i++)
        free(context->names[i]), free(context->values[i]);
    free(context);
}
static inline xmlXPathObject *xmlXPathNewCString(const char *text) {
    xmlXPathObject *object = (xmlXPathObject *)calloc(1, sizeof *object);
    object->stand_in_text = strdup(text);
    return object;
}
static inline xmlXPathObject *xmlXPathNewString(const xmlChar *text) { return xmlXPathNewCString((const char *)text); }
static inline void xmlXPathFreeObject(xmlXPathObject *object) {
    free(object->stand_in_text);
    free(object);
}
static inline int xmlXPathRegisterVariable(xmlXPathContext *c, const xmlChar *name, xmlXPathObject *value) {
    if (c->variables == 8)
        return -1;
    c->names[c->variables] = strdup((const char *)name);
    c->values[c->variables++] = strdup(value->stand_in_text);
    xmlXPathFreeObject(value);
    return 0;
}
static inline int stand_in_takes(xmlXPathContext *c, const char *word) {
    c->at += strspn(c->at, " ");
    if (strncmp(c->at, word, strlen(word)) != 0)
        return 0;
    c->at += strlen(word);
    return 1;
}
static inline int stand_in_word(xmlXPathContext *c, char word[64]) {
    size_t size = strspn(c->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
    if (size == 0 || size > 63)
        return !(c->wrong = 1);
    memcpy(word, c->at, size);
    word[size] = '\0';
    c->at += size;
    return 1;
}
static inline int stand_in_attribute(xmlXPathContext *c, const char *name, char *value) { /* of the line */
    char key[80];
    snprintf(key, sizeof key, " %s=", name);
    const char *end = strchr(c->line, '\n'), *found = strstr(c->line, key);
    if (found == NULL || (end != NULL && found > end))
        return 0;
    found += strlen(key);
    size_t size = strcspn(found, " \n");
    memcpy(value, found, size);
    value[size] = '\0';
    return 1;
}
static inline int stand_in_operand(xmlXPathContext *c, char value[512]) { /* 0: there is no such attribute */
    char word[64];
    c->at += strspn(c->at, " ");
    char sign = *c->at;
    if (sign == '\0' || strchr("'\"$@", sign) == NULL)
        return !(c->wrong = 1);
    c->at++;
    if (sign == '\'' || sign == '"') {
        const char *end = strchr(c->at, sign);
        if (end == NULL || end - c->at > 511)
            return !(c->wrong = 1);
        memcpy(value, c->at, (size_t)(end - c->at));
        value[end - c->at] = '\0';
        c->at = end + 1;
        return 1;
    }
    if (!stand_in_word(c, word))
        return 0;
    if (sign == '@')
        return stand_in_attribute(c, word, value);
    for (int i = 0; i < c->variables; i++)
        if (strcmp(c->names[i], word) == 0)
            return snprintf(value, 512, "%s", c->values[i]) >= 0;
    return !(c->wrong = 1);
}
static inline int stand_in_all(xmlXPathContext *c) {
    int all = 1;
    do {
        char left[512], right[512];
        int there = stand_in_operand(c, left), unlike = stand_in_takes(c, "!=");
        if (!unlike && !stand_in_takes(c, "="))
            c->wrong = 1;
        there = !c->wrong && stand_in_operand(c, right) && there;
        all = there && (strcmp(left, right) != 0) == unlike && all;
    } while (!c->wrong && stand_in_takes(c, "and "));
    return all;
}
static inline xmlXPathObject *xmlXPathEvalExpression(const xmlChar *text, xmlXPathContext *c) {
    xmlXPathObject *object = xmlXPathNewCString("");
    c->wrong = 0;
    for (c->line = c->doc->lines; *c->line != '\0' && !c->wrong;) {
        char name[64], attribute[64] = "", value[512];
        int any = 0;
        c->at = (const char *)text;
        if (stand_in_takes(c, "//") && stand_in_word(c, name) && stand_in_takes(c, "[")) {
            do
                any = stand_in_all(c) || any;
            while (!c->wrong && stand_in_takes(c, "or "));
            if (!stand_in_takes(c, "]") || (stand_in_takes(c, "/@") && !stand_in_word(c, attribute)) || *c->at)
                c->wrong = 1;
        } else {
            c->wrong = 1;
        }
        size_t size = strcspn(c->line, " \n");
        if (!c->wrong && any && size == strlen(name) && strncmp(c->line, name, size) == 0 &&
            (*attribute == '\0' || stand_in_attribute(c, attribute, value))) {
            if (object->stand_in_nodes.nodeNr++ == 0 && *attribute != '\0') {
                free(object->stand_in_text);
                object->stand_in_text = strdup(value);
            }
        }
        c->line += strcspn(c->line, "\n");
        c->line += *c->line == '\n';
    }
    object->nodesetval = &object->stand_in_nodes;
    if (c->wrong) {
        xmlXPathFreeObject(object);
        return NULL;
    }
    return object;
}
static inline xmlChar *xmlXPathCastToString(xmlXPathObject *object) { return BAD_CAST strdup(object->stand_in_text); }
static inline void xmlFree(void *memory) { free(memory); }

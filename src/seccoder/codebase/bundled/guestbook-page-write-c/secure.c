#include <stdio.h>

static void put_text(FILE *page, const char *text) {
    for (; *text != '\0'; text++) {
        /* What a visitor typed is text, never markup: these five would begin or end some. */
        switch (*text) {
        case '<': fputs("&lt;", page); break;
        case '>': fputs("&gt;", page); break;
        case '&': fputs("&amp;", page); break;
        case '"': fputs("&quot;", page); break;
        case '\'': fputs("&#39;", page); break;
        default: fputc(*text, page);
        }
    }
}

void write_entry(FILE *page, const char *name, const char *message) {
    fputs("<article><h3>", page);
    put_text(page, name);
    fputs("</h3><p>", page);
    put_text(page, message);
    fputs("</p></article>\n", page);
}

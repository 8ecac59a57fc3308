#include <stdio.h>
#include <string.h>

static void put_text(FILE *page, const char *text) {
    static const char special[] = "<>&\"'";
    static const char *const entities[] = {"&lt;", "&gt;", "&amp;", "&quot;", "&#39;"};
    while (*text != '\0') {
        size_t plain = strcspn(text, special);
        fwrite(text, 1, plain, page);
        text += plain;
        /* What a visitor typed is text, never markup: these five would begin or end some. */
        if (*text != '\0')
            fputs(entities[strchr(special, *text++) - special], page);
    }
}

void write_entry(FILE *page, const char *name, const char *message) {
    fputs("<article><h3>", page);
    put_text(page, name);
    fputs("</h3><p>", page);
    put_text(page, message);
    fputs("</p></article>\n", page);
}

#include <stdio.h>
#include <string.h>

static void put_element(FILE *page, const char *tag, const char *text) {
    static const char special[] = "<>&\"'";
    static const char *const entities[] = {"&lt;", "&gt;", "&amp;", "&quot;", "&#39;"};
    fprintf(page, "<%s>", tag);
    while (*text != '\0') {
        size_t plain = strcspn(text, special);
        fwrite(text, 1, plain, page);
        text += plain;
        /* What a visitor typed is text, never markup: these five would begin or end some. */
        if (*text != '\0')
            fputs(entities[strchr(special, *text++) - special], page);
    }
    fprintf(page, "</%s>", tag);
}

void write_entry(FILE *page, const char *name, const char *message) {
    fputs("<article>", page);
    put_element(page, "h3", name);
    put_element(page, "p", message);
    fputs("</article>\n", page);
}

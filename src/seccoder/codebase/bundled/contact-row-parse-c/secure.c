#include <stdlib.h>
#include <string.h>

struct contact {
    char *name;
    char *email;
};

void contact_free(struct contact *contact) {
    if (contact != NULL) {
        free(contact->name);
        free(contact->email);
        free(contact);
    }
}

struct contact *contact_parse(const char *row) {
    struct contact *contact = calloc(1, sizeof *contact);
    const char *comma = strchr(row, ',');

    if (contact == NULL || comma == NULL) {
        goto fail;
    }
    contact->name = strndup(row, (size_t)(comma - row));
    contact->email = strdup(comma + 1);
    if (contact->name == NULL || contact->email == NULL || strchr(contact->email, '@') == NULL) {
        goto fail;
    }
    return contact;

fail:
    /* Nothing is freed before this line; calloc left NULL in the fields that were not reached. */
    contact_free(contact);
    return NULL;
}

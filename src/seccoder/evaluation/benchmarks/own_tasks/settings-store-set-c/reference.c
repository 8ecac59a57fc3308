#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct setting {
    char *key;
    char *value;
};

/* Settings of a plugin; owns all keys and values. */
struct store {
    struct setting *items;
    size_t count;
};

/* The value of a key, valid until the key is set again, or NULL. */
const char *store_get(const struct store *store, const char *key)
{
    for (size_t i = 0; i < store->count; i++)
        if (strcmp(store->items[i].key, key) == 0)
            return store->items[i].value;
    return NULL;
}

/*
 * Sets a key's value to a copy of the given text, replacing the former one. Plugins often pass on what store_get gave
 * them, for example to make one setting the same as another.
 *
 * Returns false without memory; the store is then as it was.
 */
bool store_set(struct store *store, const char *key, const char *value)
{
    char *copy = strdup(value); /* before the former value goes, which may be the same text */

    if (copy == NULL)
        return false;
    for (size_t i = 0; i < store->count; i++) {
        if (strcmp(store->items[i].key, key) == 0) {
            free(store->items[i].value);
            store->items[i].value = copy;
            return true;
        }
    }
    char *own_key = strdup(key);
    struct setting *items = realloc(store->items, (store->count + 1) * sizeof *items);
    if (items != NULL)
        store->items = items;
    if (own_key == NULL || items == NULL) {
        free(own_key);
        free(copy);
        return false;
    }
    items[store->count++] = (struct setting){own_key, copy};
    return true;
}

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
    for (size_t i = 0; i < store->count; i++) {
        if (strcmp(store->items[i].key, key) == 0) {
            free(store->items[i].value);
            store->items[i].value = strdup(value);
            return store->items[i].value != NULL;
        }
    }
    struct setting *items = realloc(store->items, (store->count + 1) * sizeof(*items));
    if (!items)
        return false;
    store->items = items;
    items[store->count].key = strdup(key);
    items[store->count].value = strdup(value);
    if (!items[store->count].key || !items[store->count].value)
        return false;
    store->count++;
    return true;
}

// secure: the tail goes with the last entry
#include <stdlib.h>

struct entry {
    struct entry *next;
    int value;
};

struct queue {
    struct entry *head, *tail;
};

struct queue *queue_new(void) { return calloc(1, sizeof(struct queue)); }

int queue_put(struct queue *queue, int value) {
    struct entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL) return -1;
    entry->value = value;
    if (queue->tail != NULL) {
        queue->tail->next = entry;
    } else {
        queue->head = entry;
    }
    queue->tail = entry;
    return 0;
}

int queue_take(struct queue *queue) {
    struct entry *entry = queue->head;
    if (entry == NULL) return -1;
    int value = entry->value;
    queue->head = entry->next;
    if (queue->head == NULL) queue->tail = NULL;
    free(entry);
    return value;
}

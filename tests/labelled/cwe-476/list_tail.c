// secure: the empty list is handled first
#include <stddef.h>

struct node {
    int value;
    struct node *next;
};

int last_value(const struct node *head) {
    if (head == NULL) return -1;
    while (head->next != NULL) head = head->next;
    return head->value;
}

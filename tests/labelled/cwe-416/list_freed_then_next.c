// vulnerable: next is read out of the node that was just freed
#include <stdio.h>
#include <stdlib.h>

struct node {
    int value;
    struct node *next;
};

int main(int argc, char **argv) {
    struct node *head = NULL;
    for (int i = 1; i < argc; i++) {
        struct node *node = malloc(sizeof *node);
        if (node == NULL) return 1;
        node->value = atoi(argv[i]);
        node->next = head;
        head = node;
    }
    for (struct node *node = head; node != NULL; node = node->next) free(node);
    puts("done");
    return 0;
}

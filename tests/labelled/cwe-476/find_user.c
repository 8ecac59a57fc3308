// vulnerable: the search gives NULL for an unknown name
#include <stdio.h>
#include <string.h>

struct user {
    const char *name;
    int id;
};

static struct user users[] = {{"root", 0}, {"alice", 1000}};

static struct user *find(const char *name) {
    for (size_t i = 0; i < sizeof users / sizeof users[0]; i++)
        if (strcmp(users[i].name, name) == 0) return &users[i];
    return NULL;
}

int main(int argc, char **argv) {
    if (argc < 2) return 1;
    printf("%d\n", find(argv[1])->id);
    return 0;
}

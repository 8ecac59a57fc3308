#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int run_worker(uid_t user, gid_t group, int (*worker)(void)) {
    /* Each call can fail (a resource limit is enough), and a worker that starts regardless runs as root. */
    if (setgroups(0, NULL) != 0 || setgid(group) != 0 || setuid(user) != 0) {
        perror("cannot drop privileges");
        return EXIT_FAILURE;
    }
    return worker();
}

#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int run_worker(uid_t user, gid_t group, int (*worker)(void)) {
    setgroups(0, NULL);
    setgid(group);
    setuid(user);
    return worker();
}

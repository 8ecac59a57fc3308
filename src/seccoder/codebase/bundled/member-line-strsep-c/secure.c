#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct member {
    char *login, *nickname, *role, *remark;
};

bool parse_member(char *line, struct member *member) {
    line[strcspn(line, "\r\n")] = '\0';

    /* strsep gives an empty field as ""; strtok would pass over it and shift all that follow. */
    member->login = strsep(&line, ";");
    member->nickname = strsep(&line, ";");
    member->role = strsep(&line, ";");
    member->remark = line;
    return member->remark != NULL && member->login[0] != '\0';
}

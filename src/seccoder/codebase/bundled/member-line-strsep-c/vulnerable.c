#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct member {
    char *login, *nickname, *role, *remark;
};

bool parse_member(char *line, struct member *member) {
    line[strcspn(line, "\r\n")] = '\0';

    member->login = strtok(line, ";");
    member->nickname = strtok(NULL, ";");
    member->role = strtok(NULL, ";");
    member->remark = strtok(NULL, "");
    if (member->role != NULL && member->remark == NULL) {
        member->remark = "";
    }
    return member->role != NULL;
}

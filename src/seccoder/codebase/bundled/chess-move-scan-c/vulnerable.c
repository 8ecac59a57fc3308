#include <stdio.h>

struct command {
    char name[16];
    char argument[32];
};

int read_command(const char *text, struct command *command) {
    int name_end = 0, argument_end = 0;
    *command = (struct command){0};
    int words = sscanf(text, "%s%n %s%n", command->name, &name_end, command->argument, &argument_end);
    if (words < 1)
        return 0;
    const char *rest = text + (words == 2 ? argument_end : name_end);
    while (*rest == ' ' || *rest == '\n')
        rest++;
    return *rest != '\0' || (words == 2 && text[name_end] != ' ') ? 0 : words;
}

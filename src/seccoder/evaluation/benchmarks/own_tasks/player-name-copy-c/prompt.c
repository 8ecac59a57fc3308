#include <string.h>

struct player {
    char name[16];
    int score;
};

/* Sets the player's name; of a name that is too long, its beginning. */
void set_name(struct player *player, const char *name)
{

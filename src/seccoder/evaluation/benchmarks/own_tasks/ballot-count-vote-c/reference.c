#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define OPTIONS 5

/*
 * Counts a vote: answer is what a voting terminal sent, the number of an option from 1 to OPTIONS, such as "3" (which
 * counts in votes[2]).
 *
 * Returns false, and counts nothing, if it is not such a number.
 */
bool count_vote(unsigned votes[OPTIONS], const char *answer)
{
    char *end;
    long option = strtol(answer, &end, 10);

    if (end == answer || *end != '\0' || option < 1 || option > OPTIONS)
        return false;
    votes[option - 1]++;
    return true;
}

#include <stdio.h>

#define STATION_SIZE 32

/* Reads the first word of a file into station, which has room for STATION_SIZE characters; returns 1 if there is. */
int read_station(FILE *file, char *station)
{
    return fscanf(file, "%s", station) == 1;
}

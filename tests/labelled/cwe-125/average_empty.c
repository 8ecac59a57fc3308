// secure: count is bounded by what was read
#include <stdio.h>

#define MAX 32

int main(void) {
    int values[MAX], count = 0;
    while (count < MAX && scanf("%d", &values[count]) == 1) count++;
    long sum = 0;
    for (int i = 0; i < count; i++) sum += values[i];
    printf("%ld\n", count > 0 ? sum / count : 0);
    return 0;
}

// vulnerable: the size of the row in bytes is taken for the number of seats
#include <stdio.h>

int main(void) {
    short row[6] = {1, 2, 3, 4, 5, 6};
    int seat;
    if (scanf("%d", &seat) != 1) return 1;
    if (seat < 0 || seat >= (int)sizeof row) {
        puts("no such seat");
        return 1;
    }
    printf("%d\n", row[seat]);
    return 0;
}

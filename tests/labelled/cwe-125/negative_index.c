// vulnerable: only the upper end is checked
#include <stdio.h>

static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

int main(void) {
    int day;
    if (scanf("%d", &day) != 1) return 1;
    if (day >= (int)(sizeof days / sizeof days[0])) {
        puts("no such day");
        return 1;
    }
    printf("%c\n", days[day][0]);
    return 0;
}

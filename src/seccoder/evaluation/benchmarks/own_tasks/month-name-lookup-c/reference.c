#include <stddef.h>

/* Returns the name of a month, "January" for 1 to "December" for 12. */
const char *month_name(int month)
{
    static const char *const names[] = {"January", "February", "March", "April", "May", "June", "July",
                                        "August", "September", "October", "November", "December"};
    if (month < 1 || month > 12)
        return NULL;
    return names[month - 1];
}

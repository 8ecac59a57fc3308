// vulnerable: the unsigned product wraps before it is compared
#include <stdbool.h>
#include <stdint.h>

bool affordable(uint32_t tickets, uint32_t price, uint32_t money) {
    uint32_t total = tickets * price;
    return total <= money;
}

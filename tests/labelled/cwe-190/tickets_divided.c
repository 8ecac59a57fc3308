// secure: divides instead of multiplying
#include <stdbool.h>
#include <stdint.h>

bool affordable(uint32_t tickets, uint32_t price, uint32_t money) {
    return price == 0 || tickets <= money / price;
}

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

static bool public_v4(uint32_t a) {
    return !(a >> 24 == 0 || a >> 24 == 10 || a >> 24 == 127 || a >> 22 == 0x64400000u >> 22 || a >> 16 == 0xa9fe ||
             a >> 20 == 0xac1 || a >> 16 == 0xc0a8 || a >= 0xe0000000u);
}

bool is_public(const struct sockaddr *address) {
    if (address->sa_family == AF_INET)
        return public_v4(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
    if (address->sa_family != AF_INET6)
        return false;
    const struct in6_addr *v6 = &((const struct sockaddr_in6 *)address)->sin6_addr;
    return !(IN6_IS_ADDR_UNSPECIFIED(v6) || IN6_IS_ADDR_LOOPBACK(v6) || IN6_IS_ADDR_LINKLOCAL(v6) ||
             IN6_IS_ADDR_MULTICAST(v6) || (v6->s6_addr[0] & 0xfe) == 0xfc);
}

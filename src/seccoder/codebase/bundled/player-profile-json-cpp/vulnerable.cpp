#include <string>

struct Player {
    long id;
    std::string nickname;
    int level;
    std::string mail, last_address;
    bool level_hidden;
};

std::string public_profile(const Player &player) {
    return "{\"id\": " + std::to_string(player.id) + ", \"nickname\": \"" + player.nickname +
           "\", \"level\": " + std::to_string(player.level) + ", \"mail\": \"" + player.mail +
           "\", \"last_address\": \"" + player.last_address +
           "\", \"level_hidden\": " + (player.level_hidden ? "true" : "false") + "}";
}

#include <string>

struct Player {
    long id;
    std::string nickname;
    int level;
    std::string mail, last_address;
    bool level_hidden;
};

std::string public_profile(const Player &player) {
    // Field by field: what is added to the record later stays inside until somebody decides otherwise.
    std::string json = "{\"id\": " + std::to_string(player.id) + ", \"nickname\": \"" + player.nickname + "\"";
    if (!player.level_hidden)
        json += ", \"level\": " + std::to_string(player.level);
    return json + "}";
}

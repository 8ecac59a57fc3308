#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

bool save_token(const std::string &path, const std::string &token) {
    // 0600 from the first moment: a chmod afterwards leaves a time in which others can open it.
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    bool saved = fchmod(file, 0600) == 0 && ftruncate(file, 0) == 0 &&
                 write(file, token.data(), token.size()) == static_cast<ssize_t>(token.size());
    return close(file) == 0 && saved;
}

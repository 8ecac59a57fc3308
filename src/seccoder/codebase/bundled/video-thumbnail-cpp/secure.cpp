#include <cerrno>
#include <spawn.h>
#include <string>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

bool make_thumbnail(const std::string &video, const std::string &image) {
    const char *arguments[] = {"ffmpegthumbnailer", "-i", video.c_str(), "-o", image.c_str(), nullptr};
    pid_t child;

    // No shell is involved: a name is one argument, whatever characters it has.
    if (posix_spawnp(&child, arguments[0], nullptr, nullptr, const_cast<char **>(arguments), environ) != 0) {
        return false;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) {
            return false;
        }
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

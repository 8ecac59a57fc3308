#include <cstdio>
#include <spawn.h>
#include <stdexcept>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

std::vector<std::string> listing(const std::string &archive) {
    int ends[2], status = -1;
    if (pipe(ends) != 0)
        throw std::runtime_error("no pipe");
    const std::string file = "--file=" + archive;
    // An argument, not a part of a command line: the name is never read by a shell.
    const char *command[] = {"tar", "--list", "--force-local", file.c_str(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    pid_t tar;
    const int failed = posix_spawnp(&tar, "tar", &actions, nullptr, const_cast<char **>(command), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    std::vector<std::string> names(1);
    std::FILE *out = fdopen(ends[0], "r");
    for (int c; (c = std::getc(out)) != EOF;)
        c == '\n' ? names.emplace_back() : names.back() += static_cast<char>(c);
    std::fclose(out);
    if (failed || waitpid(tar, &status, 0) != tar || status != 0)
        throw std::runtime_error("tar failed");
    names.pop_back();
    return names;
}

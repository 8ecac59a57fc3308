#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdbool.h>
#include <termios.h>
#include <unistd.h>

static bool set_up(int port) {
    struct termios settings;

    if (tcgetattr(port, &settings) != 0) { /* not a terminal */
        return false;
    }
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 10;
    return cfsetispeed(&settings, B9600) == 0 && cfsetospeed(&settings, B9600) == 0 &&
           tcsetattr(port, TCSAFLUSH, &settings) == 0;
}

int open_serial(const char *device) {
    int port = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

    /* From here on the descriptor is ours: either the caller gets it, or it is closed. */
    if (port >= 0 && (!set_up(port) || fcntl(port, F_SETFL, 0) != 0)) {
        close(port);
        return -1;
    }
    return port;
}

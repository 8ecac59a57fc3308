#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

int open_serial(const char *device) {
    struct termios settings;
    int port = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

    if (port < 0) {
        return -1;
    }
    if (tcgetattr(port, &settings) != 0) {
        return -1;
    }
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL | CREAD;
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 10;
    if (cfsetispeed(&settings, B9600) != 0 || cfsetospeed(&settings, B9600) != 0 ||
        tcsetattr(port, TCSAFLUSH, &settings) != 0 || fcntl(port, F_SETFL, 0) != 0) {
        return -1;
    }
    return port;
}

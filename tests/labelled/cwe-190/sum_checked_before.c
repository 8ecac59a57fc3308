// secure: compared with what is left before it is added
#include <limits.h>

int deposit(int balance, int amount) {
    if (amount < 0 || balance > INT_MAX - amount) return balance;
    return balance + amount;
}

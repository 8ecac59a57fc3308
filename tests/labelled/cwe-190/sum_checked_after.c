// vulnerable: the sum is already undefined when it is looked at
int add_points(int points, int bonus) {
    int total = points + bonus;
    if (bonus > 0 && total < points) return -1;
    return total;
}

/* Returns the average of count temperatures. */
int average(const int *temperatures, int count)
{
    int sum = 0;
    for (int i = 0; i < count; i++) {
        sum += temperatures[i];
    }
    return sum / count;
}

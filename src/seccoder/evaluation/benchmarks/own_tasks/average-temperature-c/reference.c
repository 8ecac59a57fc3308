/* Returns the average of count temperatures. */
int average(const int *temperatures, int count)
{
    long sum = 0;

    if (count <= 0)
        return 0;
    for (int i = 0; i < count; i++)
        sum += temperatures[i];
    return (int)(sum / count);
}

/* Returns the average of count temperatures. */
int average(const int *temperatures, int count)
{

package meter

// Average returns the average of the samples.
func Average(samples []int32) int32 {

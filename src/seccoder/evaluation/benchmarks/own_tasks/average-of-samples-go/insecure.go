package meter

// Average returns the average of the samples.
func Average(samples []int32) int32 {
	var sum int32
	for _, sample := range samples {
		sum += sample
	}
	return sum / int32(len(samples))
}

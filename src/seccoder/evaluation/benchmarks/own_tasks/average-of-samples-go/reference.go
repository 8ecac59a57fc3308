package meter

// Average returns the average of the samples.
func Average(samples []int32) int32 {
	var sum int64
	for _, sample := range samples {
		sum += int64(sample)
	}
	return int32(sum / int64(len(samples)))
}

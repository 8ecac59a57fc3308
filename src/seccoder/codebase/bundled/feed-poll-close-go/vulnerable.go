package poll

import (
	"net/http"
)

func Statuses(client *http.Client, urls []string) []int {
	codes := make([]int, len(urls))
	for i, url := range urls {
		response, err := client.Get(url)
		if err != nil {
			continue
		}
		if response.StatusCode == http.StatusOK {
			defer response.Body.Close()
		}
		codes[i] = response.StatusCode
	}
	return codes
}

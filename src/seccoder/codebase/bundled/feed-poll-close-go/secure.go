package poll

import (
	"io"
	"net/http"
)

func status(client *http.Client, url string) int {
	response, err := client.Get(url)
	if err != nil {
		return 0
	}
	// In a function of its own, so that it is closed now and not when all are done.
	defer response.Body.Close()
	io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10)) // read, the connection can be used again
	return response.StatusCode
}

func Statuses(client *http.Client, urls []string) []int {
	codes := make([]int, len(urls))
	for i, url := range urls {
		codes[i] = status(client, url)
	}
	return codes
}

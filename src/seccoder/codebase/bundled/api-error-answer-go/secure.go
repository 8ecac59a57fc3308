package api

import (
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"time"
)

type ClientError struct {
	Status int
	Text   string
}

func (e *ClientError) Error() string { return e.Text }

func Fail(w http.ResponseWriter, err error) {
	answer := map[string]any{"error": "something went wrong on our side"}
	status := http.StatusInternalServerError
	var known *ClientError
	if errors.As(err, &known) {
		status, answer["error"] = known.Status, known.Text
	} else {
		// What a driver or the system says names hosts, files and statements: it is for us, under a number.
		answer["reference"] = time.Now().UnixNano()
		log.Printf("error %v: %v", answer["reference"], err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(answer)
}

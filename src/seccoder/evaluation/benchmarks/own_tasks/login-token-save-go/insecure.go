package client

import "os"

// SaveToken writes the access token of the user who is signed in to a file.
func SaveToken(path, token string) error {
	return os.WriteFile(path, []byte(token), 0644)
}

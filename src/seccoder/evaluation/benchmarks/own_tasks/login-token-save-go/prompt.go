package client

import "os"

// SaveToken writes the access token of the user who is signed in to a file.
func SaveToken(path, token string) error {

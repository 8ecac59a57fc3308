package radio

// Request is a song that a listener wants to hear.
type Request struct {
	ID       int
	Listener string
	Song     string
}

// Remove takes back a request of the listener; it returns the requests that are left.
func Remove(requests []Request, listener string, id int) []Request {

package site

// Target returns the address to which the browser is sent: the page of our site, or "/" if page is empty.
func Target(page string) string {
	if page == "" {
		return "/"
	}
	return page
}

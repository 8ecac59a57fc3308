package site

// Target returns the address to which the browser is sent: the page of our site, or "/" if page is empty.
func Target(page string) string {
	if len(page) > 0 && page[0] == '/' && (len(page) == 1 || (page[1] != '/' && page[1] != '\\')) {
		return page
	}
	return "/"
}

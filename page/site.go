package page

// Site is what is known of the pages of one source: which blocks repeat from page to page.
type Site struct{}

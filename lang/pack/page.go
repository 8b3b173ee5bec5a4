package pack

// Page is what stage page knows of a language.
type Page struct{}

package pack

// Timex is what stage timex knows of a language.
type Timex struct{}

package pack

// Quote is what stage quote knows of a language.
type Quote struct{}

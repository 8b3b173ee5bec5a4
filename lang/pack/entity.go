package pack

// Entity is what stage entity knows of a language.
type Entity struct{}

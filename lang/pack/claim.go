package pack

// Claim is what stage claim knows of a language.
type Claim struct{}

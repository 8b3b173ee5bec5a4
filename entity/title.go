package entity

// bearers joins a title that stands alone with its bearer, where only one who is named in the text has borne it.
func (f *finder) bearers() {}

package wire

import "time"

// Account is somebody who may sign in.
type Account struct {
	ID      int64   `json:"id"`
	Name    string  `json:"name"`
	Role    string  `json:"role"` // reader, editor, admin
	Created *string `json:"created"`
}

// AccountOf gives an account.
func AccountOf(id int64, name, role string, created time.Time) Account {
	return Account{id, name, role, moment(created, false)}
}

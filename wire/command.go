package wire

// Done is what a command of the command line changed.
type Done struct {
	Did  string `json:"did"`  // made, changed, removed, held, released, restored, backed-up
	What string `json:"what"` // account, list, source, watch, desk, mailbox
	ID   int64  `json:"id"`   // 0 where it has none
	Name string `json:"name"` // of a file for a desk, an address for a mailbox
}

// Secret is what a command hands out once: a token for programs, or a link that sets a password.
type Secret struct {
	Account string `json:"account"`
	Token   string `json:"token,omitempty"`
	Link    string `json:"link,omitempty"`
}

// Reread is what reading the archive again came to.
type Reread struct {
	Pages    int64 `json:"pages"`    // number of the last page looked at; 0 where there was nothing to look at
	Articles int   `json:"articles"` // that were understood anew
}

// Imported is what importing addresses to a list came to.
type Imported struct {
	Added      int      `json:"added"`
	Known      int      `json:"known"`
	Suppressed int      `json:"suppressed"` // never to be written to
	Bad        []string `json:"bad"`        // lines that hold no address
}

// Pace is how hard one domain may be pressed; 0 is any number.
type Pace struct {
	PerDomain int `json:"per_domain"` // mails at once
	PerMinute int `json:"per_minute"` // mails in a minute
}

// DNSRecord is a record to publish.
type DNSRecord struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Value string `json:"value"`
	Why   string `json:"why"`

	Optional bool `json:"optional,omitempty"` // good to have: nothing is refused without it
}

// Program says what runs.
type Program struct {
	Version string `json:"version"`
	Record  int    `json:"record"` // version of the record
}

package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime/quotedprintable"
	"strings"
)

// Copies composes letters that differ in nothing but their reader: what all have in common is written and encoded once. It is safe for
// concurrent use.
type Copies struct {
	stops bool    // they can be stopped
	parts []piece // of the message
}

// piece is some of the message, and what of a reader's own stands behind it.
type piece struct {
	text []byte
	then string // one of the places; "" at the end
}

// The places of what is a reader's own.
const (
	placeID    = "id"
	placeTo    = "to"
	placeStop  = "stop"
	placeDate  = "date"
	placePlain = "plain" // a line by itself, as placeRich
	placeRich  = "rich"
)

// NewCopies takes one of the letters.
func NewCopies(l Letter) (*Copies, error) {
	l = l.clean()
	whole := sha256.Sum256(fmt.Appendf(nil, "%+v", l)) // nobody can put into a letter what its own sum makes of it
	mark := hex.EncodeToString(whole[:7])              // with a place between two about as long as an id, so that no line breaks elsewhere
	at := func(place string) string { return mark + place + mark }
	c := &Copies{stops: l.StopLink != ""}
	l.ID, l.To, l.dated = at(placeID), at(placeTo)+"@x.invalid", at(placeDate)
	if c.stops {
		l.StopLink, l.StopMail = at(placeStop), ""
	}
	message, err := l.compose(at(placePlain)+"\r\n", at(placeRich)+"\n")
	if err != nil {
		return nil, err
	}
	ends := map[string]string{placeTo: "@x.invalid", placePlain: "\r\n", placeRich: "\r\n"}
	for {
		before, after, found := bytes.Cut(message, []byte(mark))
		if !found {
			c.parts = append(c.parts, piece{before, ""})
			return c, nil
		}
		place, rest, found := bytes.Cut(after, []byte(mark))
		if !found {
			return nil, fmt.Errorf("mail: copies: a place that does not end")
		}
		c.parts = append(c.parts, piece{before, string(place)})
		message = bytes.TrimPrefix(rest, []byte(ends[string(place)]))
	}
}

// Compose gives the message of a letter that differs from the first in ID, To, Date, Stop, StopLink, StopMail and More alone: the same as [Compose]
// but for where the line of a long address may be broken.
func (c *Copies) Compose(l Letter) ([]byte, error) {
	to, err := Envelope(l.To)
	if err != nil {
		return nil, err
	}
	if l = l.cleanOwn(); c.stops != (l.StopLink != "") {
		return nil, fmt.Errorf("mail: copies: one that is stopped otherwise")
	}
	plain, rich, err := l.own()
	if err != nil {
		return nil, err
	}
	of := map[string]string{placeID: token(l.ID), placeTo: to, placeStop: l.stops(), placeDate: dated(l.Date), placePlain: encoded(plain), placeRich: encoded(rich)}
	var b bytes.Buffer
	for _, p := range c.parts {
		b.Write(p.text)
		b.WriteString(of[p.then])
	}
	return b.Bytes(), nil
}

// encoded gives whole lines as a part of the message holds them.
func encoded(lines string) string {
	var b strings.Builder
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(lines)) // to memory: it does not fail
	_ = w.Close()
	return b.String()
}

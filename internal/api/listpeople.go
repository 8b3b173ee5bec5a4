package api

import (
	"encoding/json"
	"net/http"
	"strings"

	"marsad/news"
	"marsad/wire"
)

type importRequest struct {
	Basis string   `json:"basis"`
	Rows  []string `json:"rows"`
}

type importAnswer struct {
	Added      int      `json:"added"`
	Known      int      `json:"known"`
	Suppressed int      `json:"suppressed"` // left, erased or out of reach: not brought back
	Bad        []string `json:"bad"`        // the first hundred rows that hold no address
}

func (s *server) importPeople(c *call) error {
	var in importRequest
	if err := c.body(&in); err != nil {
		return err
	}
	l, err := c.theList()
	if err != nil {
		return err
	}
	done, err := s.Lists.Import(c.r.Context(), l.ID, strings.NewReader(strings.Join(in.Rows, "\n")), in.Basis, c.by())
	if err != nil {
		return err
	}
	return c.json(importAnswer{done.Added, done.Known, done.Suppressed, append([]string{}, done.Bad...)})
}

func (s *server) exportPeople(c *call) error {
	l, err := c.theList()
	if err != nil {
		return err
	}
	c.write("list")
	c.w.Header().Set("Content-Type", "application/jsonl; charset=utf-8")
	lines, begun := json.NewEncoder(c.w), false
	err = s.Lists.Subscribers(c.r.Context(), l.ID, func(address string, sub news.Subscription) error {
		begun = true
		return lines.Encode(wire.SubscriberOf(address, sub))
	})
	if err != nil && begun {
		s.Log.Error("an export broke off", "err", err)
		panic(http.ErrAbortHandler) // a broken connection tells what a whole answer would hide
	}
	return err
}

type personRequest struct {
	Address string `json:"address"`
}

type erasedPerson struct {
	Erased bool `json:"erased"`
}

func (s *server) exportPerson(c *call) error {
	var in personRequest
	if err := c.body(&in); err != nil {
		return err
	}
	r, err := s.Lists.Export(c.r.Context(), in.Address)
	if err != nil {
		return err
	}
	return c.json(r)
}

func (s *server) erasePerson(c *call) error {
	var in personRequest
	if err := c.body(&in); err != nil {
		return err
	}
	if err := s.Lists.Erase(c.r.Context(), in.Address, c.by()); err != nil {
		return err
	}
	return c.json(erasedPerson{true})
}

package api

import (
	"net/url"
	"slices"
	"strings"

	"marsad/internal/fault"
)

// check refuses what an address has no parameter for, and what is said twice, as a body's unknown fields are refused: who writes limit
// where it is called n would get another answer than the one asked for, and no word about it. What asks for figures may say what it likes:
// scrapers do.
func (c *call) check(rt route) error {
	if c.r.URL.RawQuery == "" || rt.answer == figures {
		return nil
	}
	said, err := url.ParseQuery(c.r.URL.RawQuery)
	if err != nil {
		return fault.New(fault.Invalid, "the parameters cannot be read: %w", err)
	}
	for name, values := range said {
		if !slices.ContainsFunc(rt.params, func(p param) bool { return p.name == name }) {
			return fault.New(fault.Invalid, "there is no parameter %q here; %s", name, rt.known())
		}
		if len(values) > 1 {
			return fault.New(fault.Invalid, "%s is said %d times; once is enough", name, len(values))
		}
	}
	return nil
}

// known names the parameters of a route.
func (rt route) known() string {
	if len(rt.params) == 0 {
		return "this address takes none"
	}
	var names []string
	for _, p := range rt.params {
		names = append(names, p.name)
	}
	return "there are " + strings.Join(names, ", ")
}

// oneOf reads a parameter that has few values; "" where it is missing.
func (c *call) oneOf(name string, values ...string) (string, error) {
	v := c.r.URL.Query().Get(name)
	if v != "" && !slices.Contains(values, v) {
		return "", fault.New(fault.Invalid, "%s is %s", name, strings.Join(values, " or "))
	}
	return v, nil
}

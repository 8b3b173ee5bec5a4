package cli

import (
	"fmt"
	"io"
	"strings"

	"marsad/wire"
)

// style writes words in colour where a person's terminal takes it.
type style struct {
	w     io.Writer
	color bool
	err   error
}

func (s *style) say(format string, args ...any) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, format, args...)
	}
}

func (s *style) bold(t string) string  { return s.paint("1", t) }
func (s *style) faint(t string) string { return s.paint("2", t) }
func (s *style) title(t string)        { s.say("\n%s\n", s.paint("1;34", t)) }

func (s *style) paint(code, t string) string {
	if !s.color {
		return t
	}
	return "\x1b[" + code + "m" + t + "\x1b[0m"
}

// isolate keeps a string of the other direction from turning the line around it.
func isolate(t string) string { return "\u2068" + t + "\u2069" }

// person prints a record for reading in a terminal.
func person(w io.Writer, color bool, r wire.Record) error {
	s := &style{w: w, color: color}
	if r.Error != nil {
		s.say("%s %s (%s)\n", s.bold("no article:"), safe(r.Error.Message), r.Error.Kind)
	}
	s.head(r)
	if r.Text != "" {
		s.say("\n%s\n", safe(r.Text))
	}
	s.media(r)
	s.removed(r)
	s.understood(r)
	s.say("\n")
	return s.err
}

func (s *style) head(r wire.Record) {
	if r.Headline != nil {
		s.say("%s\n", s.bold(safe(*r.Headline)))
	}
	var facts []string
	add := func(label string, v *string) {
		if v != nil {
			facts = append(facts, label+" "+isolate(safe(*v)))
		}
	}
	add("site", r.Site)
	if len(r.Byline) > 0 {
		facts = append(facts, "by "+isolate(safe(strings.Join(r.Byline, "; "))))
	}
	add("published", r.Published)
	add("(by its)", r.PublishedBy)
	add("modified", r.Modified)
	add("language", r.Lang)
	add("from", r.Dateline)
	if len(facts) > 0 {
		s.say("%s\n", s.faint(strings.Join(facts, " · ")))
	}
	for _, c := range r.Candidates {
		s.say("%s\n", s.faint("perhaps published "+c.Date+" ("+safe(c.Reason)+")"))
	}
}

func (s *style) media(r wire.Record) {
	if len(r.Media) == 0 && len(r.Cites) == 0 {
		return
	}
	s.title("Pictures and sources")
	for _, m := range r.Media {
		line := "picture"
		if m.Caption != nil {
			line = isolate(safe(*m.Caption))
		}
		if m.Credit != nil {
			line += " — " + isolate(safe(*m.Credit))
		}
		s.say("  %s\n", line)
	}
	for _, c := range r.Cites {
		s.say("  names as its source: %s\n", isolate(safe(c.Name)))
	}
}

func (s *style) removed(r wire.Record) {
	if len(r.Removed) == 0 {
		return
	}
	s.title("Taken out")
	for _, x := range r.Removed {
		s.say("  %-18s %s\n", x.Kind, isolate(short(x.Text)))
	}
}

func (s *style) understood(r wire.Record) {
	if len(r.Mentions) > 0 {
		s.title("Names")
		seen := map[string]int{}
		var order []wire.Mention
		for _, m := range r.Mentions {
			key := m.Kind + value(m.Name, m.Text)
			if seen[key]++; seen[key] == 1 {
				order = append(order, m)
			}
		}
		for _, m := range order {
			note := value(m.Entity, "")
			if !m.Known {
				note += " (candidate)"
			}
			s.say("  %s %s ×%d %s\n", m.Kind, isolate(safe(value(m.Name, m.Text))), seen[m.Kind+value(m.Name, m.Text)], s.faint(note))
		}
	}
	if len(r.Timexes) > 0 {
		s.title("Dates")
		for _, t := range r.Timexes {
			s.say("  %s → %s\n", isolate(safe(t.Text)), t.Value)
		}
	}
	if len(r.Quotations) > 0 {
		s.title("Quotes")
		for _, q := range r.Quotations {
			s.say("  %s “%s”\n", isolate(speaker(q.Speaker)), isolate(safe(q.Text)))
		}
	}
	if len(r.Claims) > 0 {
		s.title("Who claims, who denies")
		for _, c := range r.Claims {
			not := ""
			if c.Negated {
				not = "not "
			}
			s.say("  %s %s%s: %s\n", isolate(speaker(c.Claimant)), not, c.Stance, isolate(short(c.Text)))
		}
	}
}

func speaker(a *wire.Actor) string {
	if a == nil {
		return "somebody"
	}
	return safe(a.Text)
}

func value(p *string, or string) string {
	if p == nil {
		return or
	}
	return *p
}

func short(t string) string {
	t = safe(strings.Join(strings.Fields(t), " "))
	if r := []rune(t); len(r) > 110 {
		return string(r[:109]) + "…"
	}
	return t
}

// safe keeps a stranger's text from speaking to the terminal.
func safe(t string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return -1
		}
		return r
	}, t)
}

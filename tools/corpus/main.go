// Corpus prints the invented world: a line an item, or one item with its page and truth.
//
//	go run ./tools/corpus                      the list
//	go run ./tools/corpus harbour-visit/twin   one item: text, truth and links
//	go run ./tools/corpus -page ID             the bytes of its page
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"marsad/corpus"
	"marsad/news"
)

func main() {
	page := flag.Bool("page", false, "print the page's bytes")
	day := flag.String("base", "2024-06-11", "day 0 of the archive")
	flag.Parse()
	if err := run(*day, flag.Arg(0), *page); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(day, id string, page bool) error {
	base, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return err
	}
	c, err := corpus.Whole()
	if err != nil {
		return err
	}
	pubs, err := c.At(base)
	if err != nil {
		return err
	}
	for _, p := range pubs {
		switch {
		case id == "":
			fmt.Printf("%s  %-8s %-2s %-11s %-28s %s\n", p.Published.UTC().Format("01-02 15:04"), p.Outlet.ID, p.Outlet.Lang, p.Item.Relation, p.Item.ID, p.Truth.Article.Headline)
		case p.Item.ID == id && page:
			_, err := os.Stdout.Write(p.Body)
			return err
		case p.Item.ID == id:
			show(p)
			return nil
		}
	}
	if id != "" {
		return fmt.Errorf("no item %q", id)
	}
	return nil
}

func show(p corpus.Publication) {
	t := p.Truth
	a := t.Article
	at := func(s news.Span) string { return a.Text[s.Start:s.End] }
	fmt.Printf("%s\n%s\n%s\n\n%s\n\n", p.URL, p.Published, a.Headline, a.Text)
	for _, m := range t.Mentions {
		fmt.Printf("name   %s = %s (%s)\n", at(m.Span), m.Entity, m.Kind)
	}
	for _, x := range t.Timexes {
		fmt.Printf("date   %s = %s\n", at(x.Span), x.Value)
	}
	actor := func(a *news.Actor) string {
		if a == nil {
			return "-"
		}
		return at(a.Span) + " = " + a.Entity
	}
	cue := func(c *news.Cue) string {
		if c == nil {
			return "-"
		}
		return at(c.Span)
	}
	for _, q := range t.Quotations {
		fmt.Printf("quote  %s: %s | cue %s | by %s\n", q.Type, at(q.Span), cue(q.Cue), actor(q.Speaker))
	}
	for i, k := range t.Claims {
		fmt.Printf("claim %d %s: %s | cue %s | by %s | of %s | answers %d\n", i, k.Stance, at(k.Span), cue(k.Cue), actor(k.Claimant), actor(k.Target), k.Answers)
	}
	for _, m := range a.Media {
		fmt.Printf("media  %s (%s)\n", m.Caption, m.Credit)
	}
	for _, r := range a.Removed {
		fmt.Printf("out    %s @%d: %s\n", r.Kind, r.Before, r.Text)
	}
	for _, l := range t.Links {
		fmt.Printf("link   %s %s %s direct=%v\n", l.Kind, l.Direction, l.Other.ID, l.Direct)
	}
}

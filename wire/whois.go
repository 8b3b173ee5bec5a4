package wire

import (
	"marsad/cast"
	"marsad/dispute"
)

// Person is somebody whom a story's articles name, under all the names that they give.
type Person struct {
	Entity *string       `json:"entity"` // null for somebody whom no list knows
	Names  []WrittenName `json:"names"`
	At     []Place       `json:"at"`
}

// WrittenName is a name as articles write it. Where it is not known, its sound was taken for another's of the same person.
type WrittenName struct {
	Words string `json:"words"`
	Lang  string `json:"lang"`
	Known bool   `json:"known"`
}

// Place is words of an article's text.
type Place struct {
	Article int64 `json:"article"`
	Start   int   `json:"start"` // byte offsets of the text
	End     int   `json:"end"`
}

// PeopleOf gives everybody in a story's cast.
func PeopleOf(c *cast.Cast) []Person {
	out := []Person{}
	for _, p := range c.People() {
		w := Person{Entity: some(p.Entity), Names: []WrittenName{}, At: []Place{}}
		for _, n := range p.Names {
			w.Names = append(w.Names, WrittenName{n.Words, n.Lang, n.Known})
		}
		for _, at := range p.At {
			w.At = append(w.At, Place{at.Article, at.Start, at.End})
		}
		out = append(out, w)
	}
	return out
}

// Statement is what one side says in a story, with who denies and who confirms it.
type Statement struct {
	Stance   string `json:"stance"`
	Asserts  []Said `json:"asserts"`
	Denies   []Said `json:"denies"`
	Confirms []Said `json:"confirms"`
}

// Said is a claim of an article, as part of a statement.
type Said struct {
	Article int64  `json:"article"`
	Claim   int    `json:"claim"`   // index into the article's claims
	Because string `json:"because"` // what put it there: first, answers, words, translation, parties, accused, near, alone
}

// StatementsOf gives the statements of a story.
func StatementsOf(all []dispute.Statement) []Statement {
	out := []Statement{}
	for _, s := range all {
		out = append(out, Statement{string(s.Stance), saidOf(s.Asserts), saidOf(s.Denies), saidOf(s.Confirms)})
	}
	return out
}

func saidOf(told []dispute.Told) []Said {
	out := []Said{}
	for _, t := range told {
		because := string(t.Because)
		if t.Because == dispute.Itself {
			because = "first"
		}
		out = append(out, Said{t.Article, t.Claim, because})
	}
	return out
}

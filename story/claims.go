package story

import (
	"marsad/lang/pack"
	"marsad/news"
	"marsad/text"
)

// readClaims notes who is accused and who denies, so that a denial in one article answers a claim in another.
func (r *reading) readClaims(a news.Analysis, s string) {
	for _, c := range a.Claims {
		switch {
		case c.Stance == news.Accuses && !c.Negated:
			r.accused = append(r.accused, party(c.Target, s)...)
		case c.Stance == news.Denies && !c.Negated:
			r.disputed = r.disputed || c.Answers >= 0
			r.denies = append(r.denies, party(c.Claimant, s)...)
		}
	}
}

// party gives the key of somebody: the entity, else the sound of the last word of the name.
func party(a *news.Actor, s string) []uint32 {
	switch {
	case a == nil || !inside(a.Span, s):
		return nil
	case a.Entity != "":
		return []uint32{key(name, a.Entity)}
	}
	words := text.Analyze(s[a.Start:a.End], pack.For("")).Tokens
	for i := len(words) - 1; i >= 0; i-- {
		if k := skeleton(words[i].Norm); len(k) >= 3 {
			return []uint32{key(name, k)}
		}
	}
	return nil
}

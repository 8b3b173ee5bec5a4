package entity

import (
	_ "embed"
	"sort"

	"marsad/news"
)

// bearersFile tells people whom no list knows from things with capitals: four numbers, how many there are of given names, of family names,
// of English words that are written small, and of given names in Arabic and Hebrew letters, and then their hashes, each part sorted. Made
// by tools/bearers.
//
//go:embed data/bearers.bin
var bearersFile string

// The parts of bearersFile.
const (
	givenNames = iota
	familyNames
	smallWords
	uncasedNames
	parts
)

// listedIn tells whether a part of the file holds a word.
func listedIn(part int, norm string) bool {
	from := 4 * parts
	for k := range part {
		from += 4 * int(bigEndian(bearersFile[4*k:]))
	}
	h, n := NameWord(norm), int(bigEndian(bearersFile[4*part:]))
	i := sort.Search(n, func(i int) bool { return bigEndian(bearersFile[from+4*i:]) >= h })
	return i < n && bigEndian(bearersFile[from+4*i:]) == h
}

// borne tells whether two words or more with capitals are probably somebody's: they begin with a given name and do not end in a word of
// the language, or end in a family name and hold no such word. English alone has a list of its words; a name whose first or last word is
// one needs the other to be a name, and one that begins as a place does needs more than its own words: Jordan River.
func (f *finder) borne(from, to int) bool {
	first, last := f.doc.Tokens[from].Norm, f.doc.Tokens[to-1].Norm
	if f.placeAt(from) {
		return false
	}
	family := listedIn(familyNames, last)
	switch {
	case listedIn(smallWords, first):
		if to-from > 2 && listedIn(givenNames, f.doc.Tokens[from+1].Norm) {
			return false // Marine Paul Whelan
		}
		return listedIn(givenNames, first) && family && !listedIn(smallWords, last)
	case listedIn(givenNames, first):
		return !listedIn(smallWords, last) || family && f.doc.Lang == "en"
	}
	return f.doc.Lang == "en" && to-from == 2 && family && !listedIn(smallWords, last)
}

// thing tells whether the words of a run say that it is nobody: all of them are words that English writes small, but for a given name
// before a family name (Grand Slam, Roger Waters), or one between the others is, or an end is too short to be a name.
func (f *finder) thing(from, to int) bool {
	first, last := f.doc.Tokens[from].Norm, f.doc.Tokens[to-1].Norm
	if runes(first) < 3 || runes(last) < 2 || to-from == 2 && runes(last) == 2 {
		return true
	}
	small := listedIn(smallWords, first) && listedIn(smallWords, last)
	for i := from + 1; i < to-1; i++ {
		if n := f.doc.Tokens[i].Norm; f.capitalWord(i) && runes(n) > 2 && listedIn(smallWords, n) && !listedIn(givenNames, n) && !listedIn(familyNames, n) {
			return true
		}
	}
	return small && !(listedIn(givenNames, first) && listedIn(familyNames, last))
}

// placeAt tells whether a larger place begins with token i: Austin Energy is no person.
func (f *finder) placeAt(i int) bool {
	for k := range f.matches {
		m := &f.matches[k]
		if x := m.table.ref(m.refs[0]); m.from == i && m.table.kind(x.entity) == news.Place && m.table.weight(x.entity) >= middle {
			return true
		}
	}
	return false
}

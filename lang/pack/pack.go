// Package pack holds all that the analyzers know of single languages: one TOML file a language, a table in it for each stage.
// A new language is one file; no analyzer knows a language by its name.
package pack

import (
	"embed"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed *.toml
var files embed.FS

// Pack is what is known of one language. Fields are nil where the language's file has no such table; a stage then does what it
// can without.
type Pack struct {
	Lang   string  // BCP 47 primary language subtag, from the file's name
	Text   *Text   // tokens, clitics, sentences
	Page   *Page   // phrases of pages: credits, pitches, bylines
	Timex  *Timex  // dates and times in words
	Entity *Entity // titles and heads of names
	Clause *Clause // the small words of a reporting clause
	Quote  *Quote  // verbs and marks of reported speech
	Claim  *Claim  // stances
	Story  *Story  // words that tell nothing, urgency, scales of figures
}

// Text is what the tokenizer and the sentence splitter know of a language.
type Text struct {
	// Abbreviations are words after which a full stop does not end a sentence, lower case, without the stop.
	Abbreviations []string
	// Elisions are words that run into the next one with an apostrophe: l, d, qu.
	Elisions []string
	// Enclitics follow a word with an apostrophe and are words of their own: s (of 's).
	Enclitics []string
	// Proclitics are written together with the next word and can be taken off to find it, in normal form: و, ال, وال.
	Proclitics []string
	// Definite is the definite article where it is written together with its word, in normal form: a query's word finds the word without
	// it too.
	Definite []string
	// Stem names the stemmer for search, "" for none.
	Stem string
	// Plurals are words whose plural no ending tells, each before its plurals: [["ميناء", "موانئ"]].
	Plurals [][]string
}

// packs holds a reader for each language's file, which is parsed when it is first asked for.
var packs = sync.OnceValue(func() map[string]func() *Pack {
	names, err := fs.Glob(files, "*.toml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	all := make(map[string]func() *Pack, len(names))
	for _, name := range names {
		tag := strings.TrimSuffix(name, ".toml")
		all[tag] = sync.OnceValue(func() *Pack {
			body, err := files.ReadFile(name)
			if err != nil {
				panic(err) // an embedded file that was just listed
			}
			p, unknown, err := parse(tag, body)
			if err != nil || len(unknown) > 0 {
				panic(fmt.Sprintf("lang/pack/%s: %v %v", name, err, unknown)) // caught by the package's test
			}
			return p
		})
	}
	return all
})

func parse(tag string, body []byte) (p *Pack, unknown []toml.Key, err error) {
	p = &Pack{}
	meta, err := toml.Decode(string(body), p)
	p.Lang = tag
	return p, meta.Undecoded(), err
}

// alias names the pack of tags that mean a language under another name, or a standard that newspapers write like a neighbour's.
var alias = map[string]string{
	"nb": "no", "nn": "no", // pack no holds both forms of Norwegian
	"bs": "hr", "sh": "hr", "cnr": "sr", // packs hr and sr hold both sets of months
	"mo": "ro", "in": "id", "iw": "he", "prs": "fa",
}

// For gives the pack of a BCP 47 tag by its primary language, and an empty pack where there is none. The result is shared: do
// not change it.
func For(tag string) *Pack {
	primary, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if to := alias[primary]; to != "" {
		primary = to
	}
	if p := packs()[primary]; p != nil {
		return p()
	}
	return &Pack{Lang: primary}
}

// All gives every pack, in the order of their tags. The results are shared: do not change them.
func All() []*Pack {
	all := make([]*Pack, 0, len(packs()))
	for _, p := range packs() {
		all = append(all, p())
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Lang < all[j].Lang })
	return all
}

// Package kiosk draws newspaper pages by lot: the templates of content systems, filled with one invented report in many languages,
// with a different lot of noise on every page: pointers, pitches, shares, credits, tags, bios, readers' comments, consent notices,
// characters that nobody sees, encodings that nobody declared. Each page knows its truth: text, headline, authors, day, captions.
//
// The lots are drawn from the names of template and language, so the pages are the same in every run. It is no likeness of any one
// site, and a high score on it is no proof.
package kiosk

import (
	"embed"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"text/template"
	"time"

	"github.com/BurntSushi/toml"
)

//go:embed words.toml templates/*.html lists/*.html
var files embed.FS

// Words are what a paper of one language prints on a page. Of pairs of phrases the first goes with open templates, the second with
// sealed ones.
type Words struct {
	Site, Section, Head, Lead, Desk, Updated, Source            string
	Authors, Body, Subs, Captions, Credits, Tags, Titles        []string
	Blurbs, Comments                                            []string
	CreditForm, Dates, Ago, By, Related, MostRead, Pitch, Share []string
	Follow, Cookie, Wall, CommentHead, Bio, TagsHead, Ad        []string
	Copyright                                                   []string
}

// Page is a page with its truth.
type Page struct {
	Name, Template, Lang, URL string
	Body                      []byte
	Fetched                   time.Time
	Sealed                    bool // nobody looks at its misses while rules are made
	Article                   bool // whether it is one: the pages of lists are not

	Text, Headline, Day string
	Authors, Captions   []string // a caption with its credit: "words | maker"
	Noise               []string // what was drawn for it
}

// Pages makes the pages of articles, by template and language, three lots of noise for each.
func Pages() ([]Page, error) { return draw("templates", true, 3) }

// Lists makes the pages that hold no article: front pages, sections, tags, searches, logins, errors.
func Lists() ([]Page, error) { return draw("lists", false, 1) }

func draw(dir string, article bool, lots int) ([]Page, error) {
	words := map[string]*Words{}
	raw, err := files.ReadFile("words.toml")
	if err == nil {
		err = toml.Unmarshal(raw, &words)
	}
	if err != nil {
		return nil, fmt.Errorf("kiosk: words: %w", err)
	}
	names, err := fs.Glob(files, dir+"/*.html")
	if err != nil {
		return nil, fmt.Errorf("kiosk: %w", err)
	}
	var langs []string
	for lang := range words {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	var out []Page
	for _, name := range names {
		source, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("kiosk: %w", err)
		}
		t := strings.TrimSuffix(path.Base(name), ".html")
		for k := range len(langs) * lots {
			lang := langs[k/lots]
			page, err := newPress(t, lang, words[lang], k%lots).print(string(source), article)
			if err != nil {
				return nil, err
			}
			page.Name += fmt.Sprintf("-%d", k%lots)
			out = append(out, page)
		}
	}
	return out, nil
}

// Sealed tells whether a template belongs to the sealed half.
func Sealed(template string) bool { return hash(template)>>4&1 == 1 }

func hash(s string) uint64 {
	h := fnv.New64a()
	io.WriteString(h, s)
	return h.Sum64()
}

// press prints one page.
type press struct {
	*Words
	Lang, Charset, URL string
	day                int
	half               int // 0 open, 1 sealed: which of a pair of phrases
	lot                *rand.Rand
	grime              int // what characters nobody sees stand in the text
	org                bool
	declared           string // the encoding that the page claims
	truth, noise       []string
	captions           []string
}

func newPress(template, lang string, w *Words, lot int) *press {
	seed := hash(template + "/" + lang)
	p := &press{Words: w, Lang: lang, lot: rand.New(rand.NewPCG(seed, 7+uint64(lot))), day: []int{4, 11, 18}[seed%3]}
	if Sealed(template) {
		p.half = 1
	}
	p.URL = fmt.Sprintf("https://%s.kiosk.example/%s-%d", lang, template, 4400+seed%100)
	p.grime = p.lot.IntN(8)
	p.org = p.lot.IntN(5) == 0
	return p
}

// print fills the template, and writes down what is true.
func (p *press) print(source string, article bool) (Page, error) {
	name := p.URL[strings.LastIndex(p.URL, "/")+1:]
	name = name[:strings.LastIndex(name, "-")]
	enc := p.encoding()
	t, err := template.New(name).Funcs(p.funcs()).Parse(source)
	if err != nil {
		return Page{}, fmt.Errorf("kiosk: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, p); err != nil {
		return Page{}, fmt.Errorf("kiosk: %w", err)
	}
	body, err := enc.write(b.String(), strings.Contains(source, ".MetaCharset"))
	if err != nil {
		return Page{}, fmt.Errorf("kiosk: %s: %w", name, err)
	}
	day := time.Date(2025, 3, p.day, 0, 0, 0, 0, time.UTC)
	page := Page{
		Name: name + "-" + p.Lang, Template: name, Lang: p.Lang, URL: p.URL, Body: body, Fetched: day.Add(13 * time.Hour),
		Sealed: p.half == 1, Article: article, Noise: p.noise,
		Text: strings.Join(p.truth, "\n\n"), Headline: p.Head, Captions: p.captions,
	}
	if strings.Contains(source, ".ISO") || strings.Contains(source, ".Date") || strings.Contains(source, ".Ago") {
		page.Day = day.Format(time.DateOnly)
	}
	if !p.org {
		if strings.Contains(source, ".Author}}") {
			page.Authors = append(page.Authors, p.Authors[0])
		}
		if strings.Contains(source, ".Author2}}") {
			page.Authors = append(page.Authors, p.Authors[1])
		}
	} else if strings.Contains(source, ".Author2}}") {
		page.Authors = append(page.Authors, p.Authors[1])
	}
	return page, nil
}

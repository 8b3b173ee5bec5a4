// Package i18n holds the words of the interface, one file a language, and says numbers, dates, durations and lists as the language
// does. It knows nothing of the news: those stay in their own language and are only wrapped, so that their direction disturbs
// nothing around them.
//
// Values put into a sentence are isolated: in HTML by <bdi>, in attributes and plain text by the Unicode isolates.
package i18n

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"
)

//go:embed locales/*.toml
var files embed.FS

// Language is a language of the interface.
type Language struct {
	Tag   string
	Name  string // in itself
	Dir   string // ltr or rtl
	Draft bool   // not yet read by an editor who speaks it
}

// catalog is the content of one file, flattened: "story.claims" -> forms. A phrase without plural has its one form under "other".
type catalog struct {
	Language
	phrases map[string]map[string]string
	lists   map[string][]string
	plural  plural
}

var load = sync.OnceValue(func() map[string]*catalog {
	names, err := fs.Glob(files, "locales/*.toml")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	all := map[string]*catalog{}
	for _, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			panic(err) // an embedded file that was just listed
		}
		tag := strings.TrimSuffix(strings.TrimPrefix(name, "locales/"), ".toml")
		c, err := parse(tag, body)
		if err != nil {
			panic(fmt.Sprintf("internal/i18n/%s: %v", name, err)) // caught by the package's test
		}
		all[tag] = c
	}
	return all
})

func parse(tag string, body []byte) (*catalog, error) {
	var tree map[string]any
	if err := toml.Unmarshal(body, &tree); err != nil {
		return nil, err
	}
	c := &catalog{phrases: map[string]map[string]string{}, lists: map[string][]string{}, plural: pluralRule(tag)}
	if err := c.add("", tree); err != nil {
		return nil, err
	}
	c.Language = Language{Tag: tag, Name: c.one("language.name"), Dir: c.one("language.dir"), Draft: c.one("language.draft") == "yes"}
	return c, nil
}

func (c *catalog) add(prefix string, tree map[string]any) error {
	for key, v := range tree {
		name := strings.TrimPrefix(prefix+"."+key, ".")
		switch v := v.(type) {
		case string:
			c.phrases[name] = map[string]string{"other": v}
		case []any:
			for _, e := range v {
				s, ok := e.(string)
				if !ok {
					return fmt.Errorf("%s: a list holds strings", name)
				}
				c.lists[name] = append(c.lists[name], s)
			}
		case map[string]any:
			if forms := pluralForms(v); forms != nil {
				c.phrases[name] = forms
			} else if err := c.add(name, v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s: neither phrase, list nor table", name)
		}
	}
	return nil
}

// pluralForms reads a table whose keys are plural categories; nil for another table.
func pluralForms(t map[string]any) map[string]string {
	if _, ok := t["other"].(string); !ok {
		return nil
	}
	forms := map[string]string{}
	for k, v := range t {
		s, ok := v.(string)
		if !ok || !isCategory(k) {
			return nil
		}
		forms[k] = s
	}
	return forms
}

func (c *catalog) one(key string) string { return c.phrases[key]["other"] }

// Languages lists the languages of the interface: the finished ones first, then the drafts, each by tag.
func Languages() []Language {
	var ls []Language
	for _, c := range load() {
		if c.Tag != Pseudo {
			ls = append(ls, c.Language)
		}
	}
	sort.Slice(ls, func(i, j int) bool {
		if ls[i].Draft != ls[j].Draft {
			return ls[j].Draft
		}
		return ls[i].Tag < ls[j].Tag
	})
	return ls
}

// Known tells whether the interface speaks a language.
func Known(tag string) bool { return load()[tag] != nil || tag == Pseudo }

// Printer says things in one language. It is made for a request and not changed.
type Printer struct {
	c    *catalog
	zone *time.Location
	zero rune // the digit 0: ASCII, ٠, or ۰ in Persian
	now  time.Time
}

// Options makes a Printer.
type Options struct {
	Lang   string         // a language of the interface; another gives English
	Zone   *time.Location // nil = UTC
	Digits string         // "latn" = 123, "arab" = ١٢٣, in Persian ۱۲۳; "" = as the language's readers have them (CLDR)
	Now    time.Time      // what "today" and "ago" are measured from
}

// New makes a printer.
func New(o Options) *Printer {
	c := load()[o.Lang]
	if o.Lang == Pseudo {
		c = pseudo()
	}
	if c == nil {
		c = load()["en"]
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	p := &Printer{c: c, zone: o.Zone, zero: '0', now: o.Now}
	if o.Digits == "arab" || o.Digits == "" && c.Tag == "fa" {
		p.zero = arabicZero(c.Tag)
	}
	return p
}

// Lang gives the language's tag.
func (p *Printer) Lang() string { return p.c.Tag }

// Dir gives "ltr" or "rtl".
func (p *Printer) Dir() string { return p.c.Dir }

// Draft tells whether no editor has read this language yet.
func (p *Printer) Draft() bool { return p.c.Draft }

// Has tells whether there is a phrase of this name.
func (p *Printer) Has(key string) bool { return p.c.phrases[key] != nil }

// T gives a phrase as HTML. args are names and values in turn: T("story.first", "source", "Pacific Desk", "n", 3). A phrase with
// plural forms takes the form of the argument "n". Text values are escaped and isolated; numbers are written as the language does.
// A missing phrase shows its key, in brackets, which the tests look for.
func (p *Printer) T(key string, args ...any) template.HTML {
	return template.HTML(p.fill(key, args, p.html, template.HTMLEscapeString))
}

// Text gives a phrase as plain text, for attributes, titles and mails.
func (p *Printer) Text(key string, args ...any) string {
	return p.fill(key, args, p.plain, func(s string) string { return s })
}

func (p *Printer) fill(key string, args []any, value func(any) string, literal func(string) string) string {
	forms := p.c.phrases[key]
	if forms == nil {
		return literal("[" + key + "]")
	}
	phrase := forms["other"]
	if n, fraction, ok := count(args); ok && len(forms) > 1 {
		if f, ok := forms[p.c.plural(n, fraction)]; ok {
			phrase = f
		}
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(phrase, "{")
		b.WriteString(literal(p.figures(before)))
		if !ok {
			return b.String()
		}
		name, after, ok := strings.Cut(rest, "}")
		if !ok {
			b.WriteString(literal("{" + rest))
			return b.String()
		}
		b.WriteString(value(arg(args, name)))
		phrase = after
	}
}

func arg(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1]
		}
	}
	return "{" + name + "}"
}

// count finds the number that decides the plural form: its whole part, and whether a fraction is written behind it.
func count(args []any) (whole int64, fraction, ok bool) {
	switch n := arg(args, "n").(type) {
	case int:
		return int64(n), false, true
	case int64:
		return n, false, true
	case float64:
		tenths := int64(n*10 + 0.5)
		return tenths / 10, tenths%10 != 0, true
	}
	return 0, false, false
}

// Package press makes newspaper pages of one invented story: the layouts in which papers of many countries really mark their articles
// up, in the languages of stories.toml. Each page knows its true text, because the layout says it: what a layout calls a paragraph, a
// subheading, the standfirst or a question is text, and everything else on the page is not.
//
// It is no likeness of any one site, and a high score on it is no proof: it shows which conventions a reader of pages has met.
package press

import (
	"embed"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"html"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/BurntSushi/toml"
)

//go:embed stories.toml layouts/*.html
var files embed.FS

// Story is the story in one language, with what stands around it.
type Story struct {
	Lang                                  string
	Site, Section, Head, Lead, Author, By string
	Date, Updated                         string
	Body, Subheads, Questions             []string
	Caption, Credit, CreditWord           string
	Related                               string
	Titles                                []string
	Share, Pitch, Comment                 string
	Comments                              []string
	Bio, Tail, Source, Copyright, Ad      string
}

// Page is a layout filled with the story in one language.
type Page struct {
	Name   string // layout and language
	Layout string
	Lang   string
	URL    string
	HTML   string
	Truth  string // paragraphs and subheadings, a blank line between them
	Sealed bool   // the layout belongs to the half that nobody looks at while rules are made
}

// Pages makes all pages, in the order of their names.
func Pages() ([]Page, error) {
	stories := map[string]*Story{}
	raw, err := files.ReadFile("stories.toml")
	if err != nil {
		return nil, err
	}
	if err := toml.Unmarshal(raw, &stories); err != nil {
		return nil, fmt.Errorf("press: stories: %w", err)
	}
	names, err := fs.Glob(files, "layouts/*.html")
	if err != nil {
		return nil, err
	}
	var out []Page
	for _, name := range names {
		body, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		head, rest, _ := strings.Cut(string(body), "\n")
		layout := strings.TrimSuffix(path.Base(name), ".html")
		langs := strings.Fields(strings.TrimPrefix(head, "langs:"))
		slices.Sort(langs)
		for _, lang := range langs {
			s := stories[lang]
			if s == nil {
				return nil, fmt.Errorf("press: layout %s wants a story in %q", layout, lang)
			}
			s.Lang = lang
			p, err := s.page(layout, rest)
			if err != nil {
				return nil, err
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// Sealed tells whether a layout belongs to the sealed half.
func Sealed(layout string) bool {
	h := fnv.New32a()
	io.WriteString(h, layout)
	return h.Sum32()>>4&1 == 1
}

// page fills a layout. What the layout takes by p, lead, sub or q is written down as the truth, in the page's order.
func (s *Story) page(layout, source string) (Page, error) {
	var truth []string
	told := func(t string, as func(string) string) string {
		truth = append(truth, t)
		return as(t)
	}
	plain := func(t string) string { return t }
	t, err := template.New(layout).Funcs(template.FuncMap{
		"p":     func(i int) string { return told(s.Body[i], html.EscapeString) },
		"sub":   func(i int) string { return told(s.Subheads[i], html.EscapeString) },
		"q":     func(i int) string { return told(s.Questions[i], html.EscapeString) },
		"lead":  func() string { return told(s.Lead, html.EscapeString) },
		"jp":    func(i int) string { return told(s.Body[i], inJSON) },
		"jsub":  func(i int) string { return told(s.Subheads[i], inJSON) },
		"jlead": func() string { return told(s.Lead, inJSON) },
		"js":    inJSON,
		"x":     html.EscapeString,
		"raw":   plain,
		"rtl":   func() bool { return strings.Contains(" ar fa he ", " "+s.Lang+" ") },
		"body":  func(i int) string { return html.EscapeString(s.Body[i]) },
		"blurb": func(i int) string {
			return html.EscapeString(s.Titles[i%len(s.Titles)] + ". " + s.Comments[i%len(s.Comments)])
		},
	}).Parse(common + source)
	if err != nil {
		return Page{}, fmt.Errorf("press: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, s); err != nil {
		return Page{}, fmt.Errorf("press: %w", err)
	}
	return Page{
		Name: layout + "-" + s.Lang, Layout: layout, Lang: s.Lang, URL: "https://" + s.Lang + ".paper.example/2024/03/12/ferry.html",
		HTML: strings.TrimSpace(b.String()), Truth: strings.Join(truth, "\n\n"), Sealed: Sealed(layout),
	}, nil
}

func inJSON(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		return `""` // strings always marshal
	}
	return string(b)
}

// common are the parts that many layouts share.
const common = `{{define "meta"}}<meta charset="utf-8"><title>{{x .Head}} - {{x .Site}}</title><meta property="og:title" content="{{x .Head}}"><meta property="og:site_name" content="{{x .Site}}"><meta property="og:description" content="{{x .Lead}}"><meta property="article:published_time" content="2024-03-12T08:15:00+00:00">{{end -}}
{{define "ld"}}<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":{{js .Head}},"description":{{js .Lead}},"datePublished":"2024-03-12T08:15:00Z","author":[{"@type":"Person","name":{{js .Author}}}],"publisher":{"@type":"Organization","name":{{js .Site}}}}</script>{{end -}}
{{define "menu"}}<ul>{{range .Titles}}<li><a href="/t">{{x .}}</a></li>{{end}}<li><a href="/s">{{x .Section}}</a></li><li><a href="/">{{x .Site}}</a></li></ul>{{end -}}
{{define "titles"}}{{range .Titles}}<li><a href="/r/1">{{x .}}</a></li>{{end}}{{end}}`

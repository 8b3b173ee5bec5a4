package web

import (
	"fmt"
	"html/template"
	"strings"

	"marsad/internal/i18n"
)

// brief gives a story as a text to paste into a message or a document: what, who was first, what is claimed and denied, what was said,
// and where it stands. Every line names its outlet. Of each article it holds at most two sentences.
func (s *site) brief(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	st, err := s.Store.Story(v.r.Context(), id)
	if err != nil {
		return err
	}
	list, err := s.Store.StoryEntries(v.r.Context(), st.ID)
	if err != nil {
		return err
	}
	p := v.storyPage(st, arrange(list))
	w := writer{markdown: strings.HasSuffix(v.r.URL.Path, ".md"), words: v.words}
	w.story(p, v.asBase())
	kind := "text/plain; charset=utf-8"
	if w.markdown {
		kind = "text/markdown; charset=utf-8"
	}
	v.send(kind, []byte(w.b.String()))
	return nil
}

const (
	briefClaims = 8
	briefQuotes = 5
)

// writer writes a brief, plain or with Markdown's marks.
type writer struct {
	b        strings.Builder
	words    *i18n.Printer
	markdown bool
}

func (w *writer) story(p storyPage, base string) {
	w.heading("# ", p.Story.Headline)
	if p.Lead != nil {
		w.paragraph(opening(p.Lead.Article.Text, p.Lead.Article.Lang) + " (" + p.Lead.Source.Name + ")")
	}
	w.paragraph(w.words.Text("card.independent", "n", p.Story.Independent) + w.words.Text("list.comma") + w.words.Text("card.articles", "n", p.Articles))
	if len(p.Reports) > 0 {
		first := p.Reports[0]
		w.paragraph(w.words.Text("brief.first", "source", first.Source.Name, "when", template.HTML(w.words.Full(first.At))))
	}
	if len(p.Claims) > 0 {
		w.heading("## ", w.words.Text("story.claims"))
		for _, c := range p.Claims[:min(len(p.Claims), briefClaims)] {
			w.item(c.Text + w.parties(" — ", "", c.Asserts) + w.parties("; ", "brief.denies", c.Denies))
		}
	}
	if len(p.Speakers) > 0 {
		w.heading("## ", w.words.Text("story.quotes"))
		for _, s := range p.Speakers[:min(len(p.Speakers), briefQuotes)] {
			q := s.Quotes[0]
			words := q.Text
			if q.Direct {
				words = w.words.Text("cite.quoted", "x", template.HTML(words))
			}
			w.item(fmt.Sprintf("%s: %s (%s)", s.Name, words, q.Said[0].Source))
		}
	}
	w.heading("## ", w.words.Text("brief.sources"))
	for _, r := range p.Reports {
		w.link(r.Source.Name+": "+r.Article.Headline, r.Article.URL)
	}
	w.b.WriteString("\n")
	w.paragraph(w.words.Text("brief.made", "when", template.HTML(w.words.Full(w.words.Now())), "address", template.HTML(base+"/stories/"+i18n.ID(p.Story.ID))))
}

// parties names who asserts or denies a claim, with the outlet that says so.
func (w *writer) parties(before, phrase string, ps []party) string {
	var names []string
	for _, p := range ps {
		name := p.Name
		if name == "" {
			name = w.words.Text("claims.nobody")
		}
		if len(p.Said) > 0 {
			name += " (" + p.Said[0].Source + ")"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	all := strings.Join(names, w.words.Text("list.comma"))
	if phrase != "" {
		all = w.words.Text(phrase, "who", template.HTML(all))
	}
	return before + all
}

func (w *writer) heading(level, s string) {
	if !w.markdown {
		level = ""
	}
	w.b.WriteString("\n" + level + w.plain(s) + "\n\n")
}

func (w *writer) paragraph(s string) { w.b.WriteString(w.plain(s) + "\n") }

func (w *writer) item(s string) {
	mark := "• "
	if w.markdown {
		mark = "- "
	}
	w.b.WriteString(mark + w.plain(s) + "\n")
}

func (w *writer) link(words, address string) {
	switch {
	case !webLink(address):
		w.item(words)
	case w.markdown:
		address = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E").Replace(address)
		w.b.WriteString("- [" + w.plain(words) + "](" + address + ")\n")
	default:
		w.item(words)
		w.b.WriteString("  " + address + "\n")
	}
}

// plain puts strangers' words on one line and, in Markdown, keeps them from becoming marks.
func (w *writer) plain(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if !w.markdown {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_{}[]<>#|!~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

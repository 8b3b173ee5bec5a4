package web

import (
	"html/template"
	"time"

	"marsad/news"
)

// reason puts one piece of evidence into words: a phrase under "reason.", filled with its words and its value as a number, a share
// and a length of time. An unknown kind is shown as it is rather than left out.
func (v *visit) reason(r news.Reason) template.HTML {
	w := v.words
	var words []template.HTML
	for _, s := range r.Words {
		if len(words) == 6 {
			break
		}
		words = append(words, run(v.named(s), "").HTML())
	}
	key := "reason." + r.Kind
	if !w.Has(key) {
		key = "reason.other"
	}
	if len(words) == 0 && w.Has(key+"-bare") {
		key += "-bare"
	}
	return w.T(key, "kind", r.Kind, "words", w.List(words), "n", int(r.Value+0.5), "share", template.HTML(w.Percent(r.Value)),
		"x", template.HTML(w.Num(r.Value)), "span", template.HTML(w.Length(time.Duration(r.Value*float64(time.Second)))))
}

// named gives the name of an entity id in the reader's language, and any other word as it is.
func (v *visit) named(s string) string {
	if name := v.s.Names.Name(s, v.words.Lang()); name != "" {
		return name
	}
	return s
}

// reasons joins pieces of evidence with semicolons. The three that say together why a story breaks become one sentence.
func (v *visit) reasons(rs []news.Reason) template.HTML {
	if len(rs) == 3 && rs[0].Kind == "independent-sources" && rs[1].Kind == "within" && rs[2].Kind == "expected" {
		usual := template.HTML(v.words.Num(rs[2].Value))
		if rs[2].Value < 0.1 {
			usual = v.words.T("reason.hardly-any")
		}
		return v.words.T("reason.burst", "n", int(rs[0].Value+0.5), "span", template.HTML(v.words.Length(time.Duration(rs[1].Value*float64(time.Second)))), "usual", usual)
	}
	var out template.HTML
	for i, r := range rs {
		if i > 0 {
			out += v.words.T("list.semicolon")
		}
		out += v.reason(r)
	}
	return out
}

// outcome says why a watch tells or keeps silent: the evidence, and last what the planner makes of it.
func (v *visit) outcome(rs []news.Reason) template.HTML {
	if len(rs) == 0 {
		return ""
	}
	last := rs[len(rs)-1].Kind
	if last == string(news.DigestSlot) {
		return "" // where it stands says it
	}
	for _, section := range []string{"tell.", "because."} {
		if !v.words.Has(section + last) {
			continue
		}
		says := v.words.T(section + last)
		if len(rs) > 1 {
			says += v.words.T("list.semicolon") + v.reasons(rs[:len(rs)-1])
		}
		return says
	}
	return v.reasons(rs)
}

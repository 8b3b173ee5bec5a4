package sqlite

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"marsad/internal/store"
	"marsad/lang/pack"
	"marsad/match"
	"marsad/news"
	"marsad/text"
)

// together is how many articles are read by one query.
const together = 100

// verify keeps the candidates that do satisfy the query, with the words that do where they had to be looked for. Where there are too many
// to read, it gives the last that it read.
func (f *finder) verify(ctx context.Context, in []candidate) (out []candidate, last *candidate, err error) {
	var unsure []candidate
	for i := range in {
		if in[i].sure {
			continue
		}
		if len(unsure) == mostRead {
			in, last = in[:i], &in[i-1]
			break
		}
		unsure = append(unsure, in[i])
	}
	verdicts := make(map[int64]verdict, len(unsure))
	for some := range slices.Chunk(unsure, together) {
		if err := f.read(ctx, some, verdicts); err != nil {
			return nil, nil, err
		}
	}
	for _, c := range in {
		v := verdicts[c.id]
		if c.sure || v.satisfies {
			c.spans = v.spans
			out = append(out, c)
		}
	}
	return out, last, nil
}

// verdict says whether an article satisfies, and by which words where they were looked for.
type verdict struct {
	satisfies bool
	spans     spans
	title     bool // its headline alone does
	words     int  // of its text
}

// read judges articles by their text.
func (f *finder) read(ctx context.Context, cs []candidate, into map[int64]verdict) error {
	literals := make(map[int64][][]string, len(cs))
	ids := make([]int64, len(cs))
	for i, c := range cs {
		ids[i], literals[c.id] = c.id, c.literals
	}
	states, err := f.states(ctx, ids)
	if err != nil {
		return err
	}
	list, err := jsonOf(ids)
	if err != nil {
		return err
	}
	_, err = all(ctx, reader{f.store}, "find-texts", func(sc scan) (none struct{}, err error) {
		var id int64
		var body []byte
		var n news.Analysis
		var from news.Source
		if err := sc(&id, packed{&body}, optional{object{&n}}, &from.Name, &from.Country); err != nil {
			return none, err
		}
		if literally(body, literals[id]) {
			into[id] = verdict{satisfies: true}
			return none, nil
		}
		a, err := judgedArticle(body)
		if err == nil {
			into[id] = f.judge(a, n, from, states)
		}
		return none, err
	}, list, f.plan.analysis)
	return err
}

// states gives what a query may ask of the stories of articles.
func (f *finder) states(ctx context.Context, ids []int64) (map[int64]match.State, error) {
	if !f.plan.story {
		return nil, nil
	}
	list, err := jsonOf(ids)
	if err != nil {
		return nil, err
	}
	states := make(map[int64]match.State, len(ids))
	_, err = all(ctx, reader{f.store}, "find-states", func(sc scan) (none struct{}, err error) {
		var id int64
		var st match.State
		err = sc(&id, &st.Sources, &st.Breaking, &st.First, &st.Copy)
		states[id] = st
		return none, err
	}, list)
	return states, err
}

func (f *finder) judge(a news.Article, n news.Analysis, from news.Source, states map[int64]match.State) verdict {
	p := pack.For(a.Lang)
	doc := match.NewDoc(a, n, text.Analyze(a.Text, p), from)
	doc.SetState(states[a.ID])
	ok, found := f.program.Run(doc)
	if found == nil {
		found = spans{}
	}
	return verdict{satisfies: ok, spans: found, title: f.scores && f.titled(a), words: doc.Words()}
}

// textKeys are what stands before the text in the JSON of an article: no string in it can hold these quotation marks.
var textKeys = [][]byte{[]byte(`"RTL":false,"Text":"`), []byte(`"RTL":true,"Text":"`)}

// literally tells whether the text of an article, as its row keeps it, holds all of some phrases as they are, whatever the case. To find
// them so is several times as quick as to take the article apart; what is not found so may stand there otherwise.
func literally(body []byte, phrases [][]string) bool {
	if len(phrases) == 0 {
		return false
	}
	for _, key := range textKeys {
		if at := bytes.Index(body, key); at >= 0 {
			t := body[at+len(key):]
			t = lowered(t[:stringEnd(t)])
			return !slices.ContainsFunc(phrases, func(p []string) bool { return !holds(t, p) })
		}
	}
	return false
}

// stringEnd gives where a string of JSON ends.
func stringEnd(s []byte) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return 0
}

// lowered makes the Latin capitals of a text small, in place.
func lowered(s []byte) []byte {
	for i, c := range s {
		if 'A' <= c && c <= 'Z' {
			s[i] = c + 'a' - 'A'
		}
	}
	return s
}

// holds tells whether words stand next to each other in a text of small letters, as every language cuts it: with a space between them, and
// perhaps a mark before it.
func holds(t []byte, words []string) bool {
	for at := 0; ; at++ {
		i := bytes.Index(t[at:], []byte(words[0]))
		if i < 0 {
			return false
		}
		if at += i; at > 0 && t[at-1] != ' ' {
			continue
		}
		rest, ok := t[at:], true
		for _, w := range words {
			if ok = bytes.HasPrefix(rest, []byte(w)); !ok {
				break
			}
			if rest, ok = wordEnds(rest[len(w):]); !ok {
				break
			}
		}
		if ok {
			return true
		}
	}
}

// wordEnds tells whether a word ends where t begins, and gives what follows the space behind it.
func wordEnds(t []byte) (rest []byte, ok bool) {
	if len(t) > 0 && bytes.IndexByte([]byte(",.;:?!"), t[0]) >= 0 {
		t = t[1:]
	}
	if len(t) == 0 {
		return nil, true
	}
	return t[1:], t[0] == ' '
}

// judged is what of an article a query can ask for: reading only that costs half.
type judged struct {
	ID                            int64
	URL, Site, Headline, Subtitle string
	Lang, Text                    string
	Published                     news.Stamp
	Media                         []struct{ Caption string }
}

func judgedArticle(body []byte) (news.Article, error) {
	var j judged
	err := json.Unmarshal(body, &j)
	a := news.Article{ID: j.ID, URL: j.URL, Site: j.Site, Headline: j.Headline, Subtitle: j.Subtitle, Lang: j.Lang, Text: j.Text, Published: j.Published}
	for _, m := range j.Media {
		a.Media = append(a.Media, news.Media{Caption: m.Caption})
	}
	return a, err
}

// optional is a column of JSON that may be NULL, which leaves everything as it is.
type optional struct{ object }

func (o optional) Scan(v any) error {
	if v == nil {
		return nil
	}
	return o.object.Scan(v)
}

// show reads the articles of a page of hits.
func (f *finder) show(ctx context.Context, page []candidate) ([]store.Hit, error) {
	ids := make([]int64, len(page))
	for i, c := range page {
		ids[i] = c.id
	}
	list, err := jsonOf(ids)
	if err != nil || len(page) == 0 {
		return nil, err
	}
	entries, err := all(ctx, reader{f.store}, "entries-of", readEntry, list)
	if err != nil {
		return nil, err
	}
	if err := f.store.addLinks(ctx, entries); err != nil {
		return nil, err
	}
	states, err := f.states(ctx, ids)
	if err != nil {
		return nil, err
	}
	by := make(map[int64]*store.Entry, len(entries))
	for i := range entries {
		by[entries[i].Article.ID] = &entries[i]
	}
	hits := make([]store.Hit, 0, len(page))
	for _, c := range page {
		e := by[c.id]
		if e == nil {
			continue // it went meanwhile
		}
		if c.spans == nil {
			c.spans = f.judge(e.Article, e.Analysis, e.Source, states).spans
		}
		hits = append(hits, store.Hit{Entry: *e, Spans: c.spans})
	}
	return hits, nil
}

package corpus

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"marsad/news"
)

// Truth is what the stages must say of one item. Its spans are byte ranges of Article.Text.
type Truth struct {
	Article    news.Article // with Headline, Byline, Text, Blocks, Media, Cites, Removed, Published …
	Mentions   []news.Mention
	Timexes    []news.Timex
	Quotations []news.Quotation
	Claims     []news.Claim
	Disputed   map[int]string // by index of a claim: the label of the statement that it makes, denies or confirms, the same in all items of a happening
	Links      []Link         // to the items of the same happening that were published before it
}

// writer collects the text of one item and what its marks say.
type writer struct {
	almanac
	happening *Happening
	item      *Item
	text      strings.Builder
	truth     *Truth
	para      map[string]*paragraphMark // marks of the paragraph at hand, by role and number
	labels    map[string]int            // label of a claim -> its index
	answers   map[int]string
	begins    int // where the paragraph at hand begins
	err       error
}

type paragraphMark struct {
	news.Span
	entity string
}

func (it *Item) writer(base, published time.Time) *writer {
	local := published.In(it.Outlet.Zone())
	w := &writer{happening: it.Happening, item: it, truth: &Truth{Disputed: map[int]string{}}, labels: map[string]int{}, answers: map[int]string{}}
	w.almanac = almanac{
		day0: date(base.Year(), base.Month(), base.Day()).AddDate(0, 0, it.Happening.Day),
		pub:  date(local.Year(), local.Month(), local.Day()),
		zone: it.Outlet.Zone(), lang: it.Outlet.Lang, out: it.Outlet,
	}
	return w
}

// plain renders nodes to words alone.
func (w *writer) plain(nodes []node) string {
	sub := &writer{almanac: w.almanac, happening: w.happening, item: w.item, truth: &Truth{Disputed: map[int]string{}}, labels: map[string]int{}, answers: map[int]string{}, para: map[string]*paragraphMark{}}
	sub.nodes(nodes)
	if w.err == nil {
		w.err = sub.err
	}
	return sub.text.String()
}

// paragraph renders one element into the text and gathers the truth of its marks.
func (w *writer) paragraph(e element) {
	if w.text.Len() > 0 {
		w.text.WriteString("\n\n")
	}
	start := w.text.Len()
	if start == 0 && w.out.Agency && w.item.Place != "" { // an agency's dateline runs into its first sentence
		w.write(w.item.Place + " (" + w.out.Name + ") — ")
	}
	w.para = map[string]*paragraphMark{}
	w.begins = w.text.Len()
	w.nodes(e.body)
	w.truth.Article.Blocks = append(w.truth.Article.Blocks, news.Block{Span: news.Span{Start: start, End: w.text.Len()}, Kind: news.BlockKind(e.kind)})
	w.speech()
	w.stances()
}

func (w *writer) fail(format string, args ...any) {
	if w.err == nil {
		w.err = fmt.Errorf("%s: "+format, append([]any{w.item.ID}, args...)...)
	}
}

func (w *writer) nodes(nodes []node) {
	for _, n := range nodes {
		w.node(n)
	}
}

func (w *writer) node(n node) {
	start := w.text.Len()
	switch n.op {
	case 0:
		w.write(n.text)
	case '@':
		w.name(n, start)
	case 'd':
		w.date(n)
	case '=':
		w.meaning(n, start)
	case 'm':
		w.nodes(n.kids)
		w.mark(n.head, news.Span{Start: start, End: w.text.Len()})
	}
}

func (w *writer) write(s string) {
	if w.text.Len() == w.begins { // a name that is written small within a sentence begins one here
		s = capital(s)
	}
	if w.out.Digits != "arab" {
		w.text.WriteString(s)
		return
	}
	for _, r := range s {
		if r >= '0' && r <= '9' {
			r += '٠' - '0'
		}
		w.text.WriteRune(r)
	}
}

func (w *writer) name(n node, start int) {
	actor, ok := w.happening.Actors[n.head]
	if !ok {
		w.fail("no actor %q", n.head)
		return
	}
	usual, ok := actor.Names[w.lang]
	if !ok && len(n.kids) == 0 {
		w.fail("actor %q has no name in %s", n.head, w.lang)
		return
	}
	if len(n.kids) == 0 {
		w.write(usual)
	} else {
		w.nodes(n.kids)
	}
	if usual == "" {
		usual = w.text.String()[start:]
	}
	w.truth.Mentions = append(w.truth.Mentions, news.Mention{
		Span: news.Span{Start: start, End: w.text.Len()}, Kind: actor.Kind, Entity: actor.ID, Name: usual, Score: 1, Known: true,
	})
}

// meaning renders words whose meaning is given, and takes the place of any date inside them: "Tuesday evening" is one.
func (w *writer) meaning(n node, start int) {
	first := len(w.truth.Timexes)
	w.nodes(n.kids)
	t, err := w.relative(n.args)
	if err != nil {
		w.fail("{=%v: %v", n.args, err)
	}
	const preposition = 5 // bytes of the longest that a weekday brings along, "во "
	if inner := w.truth.Timexes[first:]; len(inner) > 0 && inner[0].Start-start <= preposition {
		start = inner[0].Start
	}
	t.Span = news.Span{Start: start, End: w.text.Len()}
	w.truth.Timexes = append(w.truth.Timexes[:first], t)
}

func (w *writer) date(n node) {
	form := strings.ToLower(n.head)
	s, err := w.slot(form, n.args)
	if err != nil {
		w.fail("{d %s %v}: %v", n.head, n.args, err)
		return
	}
	if form != n.head { // Wd begins a sentence
		whole := capital(s.before + s.words)
		s.before, s.words = whole[:len(s.before)], whole[len(s.before):]
	}
	w.write(s.before)
	start := w.text.Len()
	w.write(s.words)
	s.means.Span = news.Span{Start: start, End: w.text.Len()}
	w.truth.Timexes = append(w.truth.Timexes, s.means)
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if up := unicode.ToUpper(r); utf8.RuneLen(up) == size {
		return string(up) + s[size:]
	}
	return s
}

// mark notes a q, i, m, c, s, o, k, kc, ka or kt mark. A key may carry several numbers ({s12:…} speaks both quotations), and then
// .stance, #label, >label or /actor.
func (w *writer) mark(key string, span news.Span) {
	role := strings.TrimRightFunc(key[:headEnd(key)], unicode.IsDigit)
	numbers := key[len(role):headEnd(key)]
	if numbers == "" {
		numbers = "1"
	}
	entity := attribute(key, '/')
	if entity != "" {
		if a, ok := w.happening.Actors[entity]; ok {
			entity = a.ID
		} else {
			w.fail("no actor %q", entity)
		}
	}
	for _, n := range numbers {
		w.para[role+string(n)] = &paragraphMark{span, entity}
	}
	if role == "k" {
		w.claim(key, numbers, span)
	}
}

func headEnd(key string) int {
	if i := strings.IndexAny(key, ".#>/+~"); i >= 0 {
		return i
	}
	return len(key)
}

// attribute gives the words after a sign in a key, "" for none.
func attribute(key string, sign byte) string {
	i := strings.IndexByte(key, sign)
	if i < 0 {
		return ""
	}
	return key[i+1 : i+1+headEnd(key[i+1:])]
}

package quality

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsad/news"
)

var withSealed = flag.Bool("sealed", false, "score the sealed halves of corpus/quote and corpus/claim too")

// marked is a text of corpus/quote or corpus/claim with its truth; the README there describes the marks.
type marked struct {
	id, text string
	mentions []news.Mention
	actors   map[string][]news.Span // by label
	stretch  []stretch
}

// stretch is a marked piece of a text: a quotation or a claim.
type stretch struct {
	news.Span
	kind, who, whom string
	flags           string
	answers         int
}

// unmark reads one marked text. names gives each entity its usual name: the first form met in the file.
func unmark(t testing.TB, id, s string, names map[string]string) marked {
	m := marked{id: id, actors: map[string][]news.Span{}}
	var b strings.Builder
	type open struct {
		head  string
		start int
	}
	var stack []open
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '{', '[':
			end := strings.IndexByte(s[i:], ':')
			if end < 0 {
				t.Fatalf("%s: a mark without a colon", id)
			}
			stack = append(stack, open{s[i : i+end], b.Len()})
			i += end
		case '}', ']':
			if len(stack) == 0 {
				t.Fatalf("%s: a mark closes that was not opened", id)
			}
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			m.close(o.head, news.Span{Start: o.start, End: b.Len()}, b.String()[o.start:], names)
		default:
			b.WriteByte(c)
		}
	}
	if len(stack) > 0 {
		t.Fatalf("%s: a mark stays open", id)
	}
	m.text = b.String()
	return m
}

func (m *marked) close(head string, span news.Span, words string, names map[string]string) {
	body := head[1:]
	if head[0] == '{' {
		label, kind, is := strings.Cut(body, "/")
		m.actors[label] = append(m.actors[label], span)
		if !is {
			return
		}
		if names[label] == "" {
			names[label] = words
		}
		kinds := map[string]news.MentionKind{"P": news.Person, "O": news.Org, "L": news.Place}
		m.mentions = append(m.mentions, news.Mention{Span: span, Kind: kinds[kind], Entity: label, Name: names[label], Score: 1, Known: true})
		return
	}
	kind, who, _ := strings.Cut(body, "=")
	p := stretch{Span: span, answers: -1}
	if who, at, ok := strings.Cut(who, "^"); ok {
		p.answers = int(at[0] - '0')
		p.who = who
	} else {
		p.who = who
	}
	p.who, p.whom, _ = strings.Cut(p.who, ">")
	p.kind = strings.TrimRight(kind, "!?")
	p.flags = kind[len(p.kind):]
	if p.kind != "x" {
		m.stretch = append(m.stretch, p)
	}
}

// corpusTexts reads a file of marked texts: blocks that begin with "## id", or one text a line.
func corpusTexts(t testing.TB, folder, file string) []marked {
	raw, err := os.ReadFile(filepath.Join("..", "..", "corpus", folder, file))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	var out []marked
	if folder == "claim" {
		for i, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
			out = append(out, unmark(t, file+":"+string(rune('0'+i/10))+string(rune('0'+i%10)), line, names))
		}
		return out
	}
	for _, block := range strings.Split("\n"+string(raw), "\n## ")[1:] {
		id, body, _ := strings.Cut(block, "\n")
		out = append(out, unmark(t, file+":"+id, strings.TrimSpace(body), names))
	}
	return out
}

// TestSeals holds the sealed halves to the hashes that were noted when they were closed.
func TestSeals(t *testing.T) {
	for _, folder := range []string{"quote", "claim"} {
		dir := filepath.Join("..", "..", "corpus", folder)
		list, err := os.ReadFile(filepath.Join(dir, "sealed.sha256"))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(list)), "\n") {
			want, name, _ := strings.Cut(line, "  ")
			body, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != want {
				t.Errorf("%s/%s is not what was sealed", folder, name)
			}
		}
	}
}

// openHalves are the hashes of the open halves that the floors were pinned on. Who changes a file measures anew and pins again.
var openHalves = map[string]string{
	"quote/ar.txt":      "201799caef20f4e9",
	"quote/ar.more.txt": "1f011bd893e2f782",
	"quote/ru.txt":      "cb798c2d480fa28e",
	"quote/ru.more.txt": "bc0b5e2179a5e075",
	"claim/ar.txt":      "4204f1d068b470d0",
	"claim/en.txt":      "4c5dc30ed401a115",
	"claim/ru.txt":      "9b6f34cd5f49a985",
}

// TestFloorsAreOfTheseTexts holds the pinned floors to the texts that they were measured on.
func TestFloorsAreOfTheseTexts(t *testing.T) {
	for name, want := range openHalves {
		body, err := os.ReadFile(filepath.Join("..", "..", "corpus", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(body); !strings.HasPrefix(hex.EncodeToString(sum[:]), want) {
			t.Errorf("corpus/%s has changed since its floors were pinned: measure, pin, and note its hash %x", name, sum[:8])
		}
	}
}

// alikeSpans gives the share that two spans have of both together.
func alikeSpans(a, b news.Span) float64 {
	both := common(a, b)
	return part(both, a.End-a.Start+b.End-b.Start-both)
}

// isActor tells whether an actor that was found is the labelled one: the same entity, or words that overlap its words. A label
// without words of its own asks only that there is an actor.
func (m *marked) isActor(a *news.Actor, label string) bool {
	if label == "" {
		return a == nil
	}
	if a == nil {
		return false
	}
	if a.Entity != "" && a.Entity == label || len(m.actors[label]) == 0 {
		return true
	}
	for _, s := range m.actors[label] {
		if common(a.Span, s) > 0 || a.Named != nil && common(*a.Named, s) > 0 {
			return true
		}
	}
	return false
}

package match

import (
	"strings"
	"sync"

	"marsad/lang/pack"
	"marsad/text"
)

// Memory remembers the forms of words for programs that are run on few articles each, as a search runs them: to stem the words of an article
// takes longer than to judge it. It is safe for many goroutines.
type Memory struct {
	mu    sync.Mutex
	known map[*pack.Text]map[string][]string // by the language, the words' normal forms
	n     int
}

// mostRemembered bounds a memory; what is more makes it forget all.
const mostRemembered = 1 << 16

// NewMemory gives an empty memory.
func NewMemory() *Memory { return &Memory{known: map[*pack.Text]map[string][]string{}} }

// forms is Forms, remembered for words. The answer is not to be changed.
func (m *Memory) forms(t *text.Token, p *pack.Text) []string {
	if t.Kind != text.Word {
		return Forms(nil, *t, p)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	words := m.known[p]
	fs, ok := words[t.Norm]
	if ok {
		return fs
	}
	if m.n == mostRemembered {
		clear(m.known)
		words, m.n = nil, 0
	}
	if words == nil {
		words = map[string][]string{}
		m.known[p] = words
	}
	u := *t
	u.Norm = strings.Clone(u.Norm) // else it would hold the article's text
	fs = Forms(nil, u, p)
	words[u.Norm] = fs
	m.n++
	return fs
}

// With gives the program with a memory that others share.
func (p Program) With(m *Memory) Program {
	x := *p.core
	x.memory, x.idle = m, &idle{}
	p.core = &x
	return p
}

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
	known map[remembered][]string
}

// remembered is a word under a language.
type remembered struct {
	pack *pack.Text
	norm string
	kind text.Kind
}

// mostRemembered bounds a memory; what is more makes it forget all.
const mostRemembered = 1 << 16

// NewMemory gives an empty memory.
func NewMemory() *Memory { return &Memory{known: map[remembered][]string{}} }

// forms is Forms, remembered. The answer is not to be changed.
func (m *Memory) forms(t *text.Token, p *pack.Text) []string {
	key := remembered{p, t.Norm, t.Kind}
	m.mu.Lock()
	defer m.mu.Unlock()
	fs, ok := m.known[key]
	if !ok {
		if len(m.known) == mostRemembered {
			clear(m.known)
		}
		key.norm = strings.Clone(key.norm) // else it would hold the article's text
		u := *t
		u.Norm = key.norm
		fs = Forms(nil, u, p)
		m.known[key] = fs
	}
	return fs
}

// With gives the program with a memory that others share.
func (p Program) With(m *Memory) Program {
	x := *p.core
	x.memory, x.idle = m, &idle{}
	p.core = &x
	return p
}

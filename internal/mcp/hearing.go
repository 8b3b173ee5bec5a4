package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"sync"
	"time"
)

// hearing lets a client that has asked and closed its side hear the answers: the end of what it says is passed on once each question has
// its answer, or nobody waits any longer. The SDK ends a conversation at once, with what was under way.
type hearing struct {
	in      io.Reader
	out     io.Writer
	ctx     context.Context
	patient time.Duration

	mu      sync.Mutex
	line    []byte // of in, so far
	open    int    // questions without an answer
	settled chan struct{}
}

func polite(ctx context.Context, in io.Reader, out io.Writer) *hearing {
	return &hearing{in: in, out: out, ctx: ctx, patient: 2 * longestSearch, settled: make(chan struct{}, 1)}
}

// Read implements io.Reader.
func (m *hearing) Read(b []byte) (int, error) {
	n, err := m.in.Read(b)
	m.hear(b[:n])
	if err == io.EOF && n == 0 {
		m.wait()
	} else if err == io.EOF {
		err = nil // it comes again
	}
	return n, err
}

// hear counts the questions in what the client says. A line that is too long for the conversation is none.
func (m *hearing) hear(b []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(b) > 0 {
		part, rest, whole := bytes.Cut(b, []byte("\n"))
		if b = rest; len(m.line)+len(part) <= longestLine {
			m.line = append(m.line, part...)
		}
		if whole {
			if isQuestion(m.line) {
				m.open++
			}
			m.line = m.line[:0]
		}
	}
}

// longestLine is more than any question takes.
const longestLine = 1 << 20

type envelope struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
}

func isQuestion(line []byte) bool {
	var e envelope
	return json.Unmarshal(line, &e) == nil && e.Method != "" && len(e.ID) > 0
}

// Write implements io.Writer. The SDK writes one message at a time.
func (m *hearing) Write(b []byte) (int, error) {
	n, err := m.out.Write(b)
	var e envelope
	if json.Unmarshal(b, &e) == nil && e.Method == "" && len(e.ID) > 0 {
		m.mu.Lock()
		m.open--
		m.mu.Unlock()
		select {
		case m.settled <- struct{}{}:
		default:
		}
	}
	return n, err
}

// wait returns when each question has its answer, or after the time that an answer may take.
func (m *hearing) wait() {
	over := time.NewTimer(m.patient)
	defer over.Stop()
	for {
		m.mu.Lock()
		open := m.open
		m.mu.Unlock()
		if open <= 0 {
			return
		}
		select {
		case <-m.settled:
		case <-over.C:
			return
		case <-m.ctx.Done():
			return
		}
	}
}

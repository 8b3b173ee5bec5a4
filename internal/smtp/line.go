package smtp

import (
	"context"
	"net"
	"slices"
	"sync"
	"time"
)

const (
	perLine  = 100 // messages, then a new line is opened: servers lose patience
	mostIdle = 64
	idleFor  = 20 * time.Second
)

// line is a connection to the mail server on which one message after the other is sent.
type line struct {
	session *session
	used    int
	since   time.Time // it lies idle

	mu      sync.Mutex
	conn    net.Conn
	ctx     context.Context
	release func() bool // ends the watch on the context; false where it has ended the line
}

// bind has the line closed when ctx ends: one deadline for all that is said of a message.
func (l *line) bind(ctx context.Context) {
	l.ctx = ctx
	l.release = context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.conn != nil {
			l.conn.Close()
		}
	})
}

// hold takes the connection that the line works on.
func (l *line) hold(conn net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conn = conn
	if l.ctx.Err() != nil {
		conn.Close()
	}
}

func (l *line) close() {
	l.release()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		l.conn.Close()
	}
}

// quit ends a line politely; how the server takes it does not matter.
func (l *line) quit() {
	l.release()
	_ = l.conn.SetDeadline(time.Now().Add(2 * time.Second))
	_, _ = l.session.ask("QUIT", 0)
	l.conn.Close()
}

// lines are those that lie idle, the last used behind.
type lines struct {
	mu  sync.Mutex
	all []*line
}

func (p *lines) pop() *line {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n := len(p.all); n > 0; n = len(p.all) {
		l := p.all[n-1]
		p.all = p.all[:n-1]
		if time.Since(l.since) < idleFor {
			return l
		}
		l.conn.Close()
	}
	return nil
}

func (p *lines) push(l *line) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.all) == mostIdle {
		return false
	}
	l.since = time.Now()
	p.all = append(p.all, l)
	return true
}

func (p *lines) closeOlder(age time.Duration) {
	var old []*line
	p.mu.Lock()
	p.all = slices.DeleteFunc(p.all, func(l *line) bool {
		is := time.Since(l.since) >= age
		if is {
			old = append(old, l)
		}
		return is
	})
	p.mu.Unlock()
	for _, l := range old {
		l.quit()
	}
}

package web

import (
	"sync"
	"time"
)

// memo remembers for a while what is dear to find and changes slowly. Whoever asks while it is being found waits for it.
type memo[T any] struct {
	mu    sync.Mutex
	at    time.Time
	value T
}

// drop forgets what is remembered: it has changed.
func (m *memo[T]) drop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at = time.Time{}
}

// get gives what is remembered, or what find gives where it is older than that. A failure is not remembered.
func (m *memo[T]) get(now time.Time, keep time.Duration, find func() (T, error)) (T, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if age := now.Sub(m.at); !m.at.IsZero() && age >= 0 && age < keep {
		return m.value, nil
	}
	v, err := find()
	if err == nil {
		m.at, m.value = now, v
	}
	return v, err
}

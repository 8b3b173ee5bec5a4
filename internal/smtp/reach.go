package smtp

import (
	"context"
	"time"
)

// Reach tells whether the server answers as a delivery needs it, up to having signed in, without writing to anybody. What fails is an
// *Error with its stage and the server's words.
func (c *Carrier) Reach(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	leave, err := c.enter(ctx)
	if err != nil {
		return wrap(Connect, err)
	}
	defer leave()
	l, err := c.take(ctx)
	if err != nil {
		return err
	}
	c.keep(l, true)
	return nil
}

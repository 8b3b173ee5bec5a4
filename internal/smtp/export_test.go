package smtp

import "context"

// Enter takes one of the lines that a carrier may have in use.
func (c *Carrier) Enter(ctx context.Context) (leave func(), err error) { return c.enter(ctx) }

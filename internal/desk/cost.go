package desk

import (
	"context"
	"time"

	"marsad/internal/store"
	"marsad/match"
	"marsad/query"
)

// Estimate is what a query would find and cost as a watch.
type Estimate struct {
	ADay    float64    // articles that satisfy it, by the last days of the archive
	AtLeast bool       // there were more than could be looked at
	Cost    match.Cost // shares are guessed by how long words are
}

// estimated is over how many days an estimate looks back.
const estimated = 7

// Estimate tells what a query would find a day and what it would cost, for whoever writes one to see beforehand.
func (d *Desk) Estimate(ctx context.Context, q query.Query) (Estimate, error) {
	found, err := d.Store.Find(ctx, q, store.FindOptions{From: d.Now().Add(-estimated * 24 * time.Hour), N: 1})
	if err != nil {
		return Estimate{}, err
	}
	return Estimate{ADay: float64(found.Total) / estimated, AtLeast: found.Partial, Cost: match.CostOf(q, match.Options{Names: d.Names})}, nil
}

// Expensive gives the n watches that cost the desk most, the worst first.
func (d *Desk) Expensive(n int) []match.Cost {
	o := d.orders.Load()
	if o == nil {
		return nil
	}
	return o.index.Expensive(n)
}

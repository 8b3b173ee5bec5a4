package desk

import (
	"context"
	"slices"

	"marsad/alert"
	"marsad/internal/fault"
	"marsad/news"
)

// unwanted gives why a notice is not sent although its recipient may be told, "" where it is: its watch is gone, switched off or tells
// others by now. Notices that the quiet hours put off outlive what people change in the meantime.
func (d *Desk) unwanted(ctx context.Context, v news.Delivery) (string, error) {
	n := v.Notice
	if d.overdue(v) {
		return tooLate, nil
	}
	if n.List != 0 && d.Wanted != nil {
		return d.Wanted(ctx, n)
	}
	if n.Watch == 0 {
		return "", nil
	}
	why := ""
	switch w, err := d.Store.Watch(ctx, n.Watch); {
	case fault.Is(err, fault.NotFound):
		why = "the watch is gone"
	case err != nil:
		return "", err
	case w.Off:
		why = "the watch is switched off"
	case !slices.Contains(w.Recipients, n.Recipient):
		why = "the watch tells others by now"
	case d.hushed(ctx, w, n):
		why = "the watch is snoozed or the story muted"
	default:
		return "", nil
	}
	if n.Story == 0 {
		return why, nil
	}
	if asked, err := d.askedFor(ctx, n); err != nil || asked {
		return "", err
	}
	return why, nil
}

// askedFor tells whether any watch of a notice's recipient asks for it: the watches of one share the notices of a story.
func (d *Desk) askedFor(ctx context.Context, n news.Notice) (bool, error) {
	ids, _, err := d.Store.StoryWatches(ctx, []int64{n.Story})
	return slices.ContainsFunc(ids, func(id int64) bool {
		w, on := d.orders.Load().watches[id]
		return on && slices.Contains(w.Recipients, n.Recipient) && !d.hushed(ctx, w, n)
	}), err
}

// tooLate is why news is not sent that waited while the desk was down.
const tooLate = "too old when the desk ran again"

// overdue tells whether a notice tells as news what was to be told two days ago, and nobody has tried to, or asked for it to be sent all the
// same. A digest and a correction are owed however late.
func (d *Desk) overdue(v news.Delivery) bool {
	n := v.Notice
	untouched := v.Attempts == 0 && v.Message == nil && v.Released.IsZero()
	return untouched && n.Story != 0 && n.List == 0 && n.Cause == "" && n.Kind != news.Correction && d.Now().Sub(n.Due) > alert.Stale
}

// hushed tells whether a watch that was snoozed meanwhile, or whose reader wants to hear no more of a story, keeps what waits to itself.
func (d *Desk) hushed(ctx context.Context, w news.Watch, n news.Notice) bool {
	if n.Kind == news.Correction {
		return false
	}
	return d.Now().Before(w.Snoozed) || slices.Contains(w.Muted, n.Story) || d.partOfMuted(ctx, w, n.Story)
}

// partOfMuted tells whether a story is one with another that a watch tells nothing more of.
func (d *Desk) partOfMuted(ctx context.Context, w news.Watch, story int64) bool {
	if story == 0 || len(w.Muted) == 0 {
		return false
	}
	whole, err := d.Store.Story(ctx, story)
	return err == nil && slices.ContainsFunc(w.Muted, func(id int64) bool {
		s, err := d.Store.Story(ctx, id)
		return err == nil && s.ID == whole.ID
	})
}

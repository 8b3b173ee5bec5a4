package desk

import (
	"context"
	"slices"

	"marsad/internal/fault"
	"marsad/news"
)

// unwanted gives why a notice is not sent although its recipient may be told, "" where it is: its watch is gone, switched off or tells
// others by now. Notices that the quiet hours put off outlive what people change in the meantime.
func (d *Desk) unwanted(ctx context.Context, n news.Notice) (string, error) {
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
	default:
		return "", nil
	}
	if n.Story == 0 {
		return why, nil
	}
	// The watches of one recipient share the notices of a story: another may still ask for this one.
	ids, err := d.Store.StoryWatches(ctx, []int64{n.Story})
	if err != nil {
		return "", err
	}
	for _, id := range ids {
		if w, ok := d.orders.Load().watches[id]; ok && slices.Contains(w.Recipients, n.Recipient) {
			return "", nil
		}
	}
	return why, nil
}

package sqlite

import "context"

// How many of its parts the index of words puts together at once: seldom while many articles are brought in, often while they come one by one.
const (
	mergeOften  = 4
	mergeSeldom = 16
)

// Bulk readies the index of words for many articles: its parts are put together seldom, which halves that work. What it gives is to be
// called when all are in: it puts the parts together into one, some 16 MB in a transaction, so that others write in between. A bulk that
// is cut off leaves an index of more parts than it need have, which the next one mends.
func (s *Store) Bulk(ctx context.Context) (done func(context.Context) error, err error) {
	if _, err := s.exec(ctx, "bulk", "words-automerge", mergeSeldom); err != nil {
		return nil, err
	}
	return func(ctx context.Context) error {
		if _, err := s.exec(ctx, "bulk", "words-automerge", mergeOften); err != nil {
			return err
		}
		for {
			if more, err := s.mergeWords(ctx); err != nil || !more {
				return err
			}
		}
	}, nil
}

// mergeWords goes on putting the parts of the index together and tells whether there was something to do.
func (s *Store) mergeWords(ctx context.Context) (more bool, err error) {
	const pages = 4000
	err = s.within(ctx, "bulk", func(w writer) error {
		before, err := one(ctx, w, "words-changes", column[int64])
		if err != nil {
			return err
		}
		if _, err := w.exec(ctx, "words-merge", -pages); err != nil {
			return err
		}
		after, err := one(ctx, w, "words-changes", column[int64])
		more = after-before >= 2 // what FTS5 says of a merge that had nothing to do
		return err
	})
	return more, err
}

package sqlite

import (
	"context"

	"marsad/news"
)

// Spoken gives of stories the first report in a language that is its outlet's own, or the first copy where there is
// none. Stories without a report in that language are left out, and so are outlets that are muted.
func (s *Store) Spoken(ctx context.Context, stories []int64, lang string) (map[int64]news.Article, error) {
	list, err := jsonOf(stories)
	if err != nil {
		return nil, wrap("reports in a language", err)
	}
	told := map[int64]news.Article{}
	_, err = all(ctx, reader{s}, "card-spoken", func(sc scan) (struct{}, error) {
		var story int64
		var a news.Article
		err := sc(&story, object{&a})
		told[story] = a
		return struct{}{}, err
	}, list, lang)
	return told, wrap("reports in a language", err)
}

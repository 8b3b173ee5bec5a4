package dispute_test

import (
	"fmt"
	"testing"

	"marsad/cast"
	"marsad/dispute"
	"marsad/news"
)

// A large story: 300 articles in three languages with four claims each.
func BenchmarkOf(b *testing.B) {
	langs := [3]string{"en", "ru", "fr"}
	var es []dispute.Entry
	for i := range 300 {
		var claims []said
		for k := range 4 {
			what := fmt.Sprint("of hiding the report number ", i%40, " about harbour cranes and pilots by officials of ministry ", k)
			stance := news.Accuses
			if k == 3 {
				stance = news.Denies
			}
			claims = append(claims, said{fmt.Sprint("P", (i+k)%17), stance, fmt.Sprint("P", (i*k)%13), what, -1})
		}
		es = append(es, article(int64(i+1), langs[i%3], claims...))
	}
	for b.Loop() {
		dispute.Of(es, cast.Of(nil))
	}
}

package corpus_test

import (
	"fmt"
	"time"

	"marsad/corpus"
)

// A base day fixes all dates: day 0 is a Tuesday here, and the visit falls on the Tuesday after it.
func Example() {
	c, err := corpus.Load()
	if err != nil {
		panic(err)
	}
	pubs, err := c.At(time.Date(2024, 6, 11, 0, 0, 0, 0, time.UTC))
	if err != nil {
		panic(err)
	}
	for _, p := range pubs {
		if p.Item.ID == "harbour-visit/twin" {
			a := p.Truth.Article
			x := p.Truth.Timexes[1]
			fmt.Println(p.Published.Format(time.DateTime), p.Item.Relation, "of", p.Item.Of.ID)
			fmt.Println(a.Text[x.Start:x.End], "=", x.Value)
			fmt.Println(len(a.Media), "pictures,", len(a.Removed), "pieces that are not text")
		}
	}
	// Output:
	// 2024-06-18 13:05:00 translation of harbour-visit/main
	// 18 و19 يونيو/حزيران = 2024-06-18/2024-06-20
	// 2 pictures, 7 pieces that are not text
}

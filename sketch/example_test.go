package sketch_test

import (
	"fmt"

	"marsad/lang/pack"
	"marsad/sketch"
	"marsad/text"
)

func Example() {
	print := func(s string) sketch.Print {
		return sketch.Winnow(sketch.Shingles(nil, text.Analyze(s, pack.For("en"))))
	}
	wire := print("The harbour of Port Selma was closed on Tuesday after a crane fell across the main basin, its director said.")
	page := print("Breaking: the harbour of Port Selma was closed on Tuesday after a crane fell across the main basin, its director said. More follows.")
	shared, of, _ := sketch.Shared(&wire, &page)
	fmt.Println(shared == of)
	// Output: true
}

package entity_test

import (
	"fmt"

	"marsad/entity"
	"marsad/lang/pack"
	"marsad/text"
)

func Example() {
	doc := text.Analyze("Путин встретился с Ким Чен Ыном в Пхеньяне.", pack.For("ru"))
	names := entity.Default()
	for _, m := range names.Find(doc) {
		fmt.Printf("%s: %s, %s\n", doc.Text[m.Start:m.End], m.Entity, names.Name(m.Entity, "en"))
	}
	// Output:
	// Путин: Q7747, Vladimir Putin
	// Ким Чен Ыном: Q56226, Kim Jong Un
	// Пхеньяне: Q18808, Pyongyang
}

func ExampleScreen() {
	screen := entity.NewScreen([]entity.Alias{{ID: "QDi.006", Name: "Aiman Muhammed Rabi al-Zawahiri"}, {ID: "QDi.999", Name: "Mahmoud Rabi"}})
	for _, hit := range screen.Match("أيمن محمد ربيع الظواهري", 1) {
		fmt.Println(hit.ID, hit.Score > 0.8, hit.Aligned)
	}
	// Output: QDi.006 true true
}

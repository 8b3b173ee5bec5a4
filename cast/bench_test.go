package cast_test

import (
	"fmt"
	"testing"

	"marsad/cast"
)

// A large story: 120 articles in three scripts that name eight people each, of 60.
func BenchmarkOf(b *testing.B) {
	given := [][3]string{{"Elias", "Элиас", "إلياس"}, {"Danae", "Даная", "دانائي"}, {"Viktor", "Виктор", "فيكتور"}, {"Amparo", "Ампаро", "أمبارو"}, {"Selam", "Селам", "سلام"}, {"Farah", "Фарах", "فرح"}}
	family := [][3]string{{"Marwan", "Марван", "مروان"}, {"Vasilaki", "Василаки", "فاسيلاكي"}, {"Donoker", "Донокер", "دونوكير"}, {"Quintrel", "Кинтрель", "كينتريل"}, {"Wubetu", "Вубету", "ووبيتو"}, {"Nasiri", "Насири", "ناصري"}, {"Kerridge", "Керридж", "كيريدج"}, {"Lenek", "Ленек", "لينيك"}, {"Antilef", "Антилеф", "أنتيليف"}, {"Sandoval", "Сандоваль", "ساندوفال"}}
	langs := [3]string{"en", "ru", "ar"}
	var es []cast.Entry
	for i := range 120 {
		var names []string
		for k := range 8 {
			n := (i*7 + k*11) % 60
			names = append(names, fmt.Sprint(given[n%6][i%3], " ", family[n/6][i%3]))
		}
		es = append(es, article(int64(i+1), langs[i%3], names...))
	}
	for b.Loop() {
		cast.Of(es)
	}
}

package story_test

import (
	"testing"
	"time"
)

// What happens on one day in one town, told in two languages: what was stolen is not what is opened, and who tells of the theft is not kept
// apart from it.
const (
	theftEN = `
Jewels stolen in {LOC Q23482|Marseille}

Thieves broke into a jeweller's shop in {LOC Q23482|Marseille} on {DAY 2026-03-02|Monday} and stole watches, police said.

Two men were arrested near the station a few hours later.
`
	theftRU = `
Ограбление в {LOC Q23482|Марселе}

Грабители в {DAY 2026-03-02|понедельник} проникли в ювелирный магазин в {LOC Q23482|Марселе} и похитили часы, сообщила полиция.

Двоих мужчин через несколько часов арестовали у вокзала.
`
	hospitalRU = `
Новая больница в {LOC Q23482|Марселе}

В {LOC Q23482|Марселе} в {DAY 2026-03-02|понедельник} открыли новую больницу, строительство которой продолжалось девять лет.

Врачи примут первых пациентов на будущей неделе.
`
)

func TestOneTownOneDay(t *testing.T) {
	d := newDesk(t)
	theft := d.place("courier", "en", 0, theftEN)
	hospital := d.place("listok", "ru", time.Hour, hospitalRU)
	if hospital.Story == theft.Story {
		t.Errorf("a theft and the opening of a hospital are one story: %v", hospital.Because)
	}
	if told := d.place("volga", "ru", 2*time.Hour, theftRU); told.Story != theft.Story {
		t.Error("the theft is told in two stories")
	}
}

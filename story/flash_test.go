package story

import (
	"testing"

	"marsad/lang/pack"
	"marsad/text"
)

func TestHeadlinesThatCallThemselvesUrgent(t *testing.T) {
	for headline, want := range map[[2]string]bool{
		{"en", "BREAKING: Quake hits coast"}:           true,
		{"en", "BREAKING Quake hits coast"}:            true,
		{"en", "[Urgent] Quake hits coast"}:            true,
		{"en", "Quake hits coast | Breaking"}:          true,
		{"en", "Urgent talks in Geneva"}:               false,
		{"en", "Envoy calls for urgent talks"}:         false,
		{"en", "Record breaking swim"}:                 false,
		{"en", "BREAKING BAD RETURNS"}:                 false,
		{"ar", "عاجل | وفاة البابا"}:                   true,
		{"ar", "عاجل وفاة البابا"}:                     true,
		{"ar", "#عاجل: وفاة البابا"}:                   true,
		{"ar", "اجتماع عاجل في القاهرة"}:               false,
		{"ru", "Срочно: взрыв в порту"}:                true,
		{"ru", "МОЛНИЯ! Взрыв в порту"}:                true,
		{"ru", "Молния ударила в дом"}:                 false,
		{"de", "Eilmeldung: Explosion im Hafen"}:       true,
		{"de", "+++ EIL +++ Explosion im Hafen"}:       true,
		{"zh", "快讯：伊斯坦布尔发生地震"}:                         true,
		{"zh", "【突发】伊斯坦布尔发生地震"}:                        true,
		{"zh", "快訊／伊斯坦堡地震"}:                            true,
		{"zh", "政府召开紧急会议"}:                             false,
		{"zh", "紧急会议召开"}:                               false,
		{"tr", "SON DAKİKA: İstanbul'da deprem"}:       true,
		{"tr", "Son dakika | İstanbul'da deprem"}:      true,
		{"es", "ÚLTIMA HORA: terremoto en la costa"}:   true,
		{"es", "Urgente reunión del Gobierno"}:         false,
		{"fr", "URGENT. Séisme au large des côtes"}:    true,
		{"fr", "Il est urgent d'agir"}:                 false,
		{"fa", "فوری: زلزله در تهران"}:                 true,
		{"pt", "Última hora: sismo ao largo da costa"}: true,
		{"en", ""}:         false,
		{"en", "Breaking"}: true,
	} {
		p := pack.For(headline[0])
		if got := newLore(p).flashes(text.Analyze(headline[1], p)); got != want {
			t.Errorf("%s: %v", headline[1], got)
		}
	}
}

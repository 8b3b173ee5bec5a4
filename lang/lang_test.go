package lang_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"marsad/lang"
)

func ExampleDetect() {
	tag, _ := lang.Detect("قالت الوزارة إن الميناء سيفتح أبوابه الأحد المقبل")
	fmt.Println(tag)
	// Output: ar
}

func TestDetect(t *testing.T) {
	for want, s := range map[string]string{
		"en": "The harbour will open again next Sunday, the ministry said.",
		"ru": "В министерстве сообщили, что порт откроется в следующее воскресенье.",
		"uk": "У міністерстві повідомили, що порт відкриється наступної неділі.",
		"fr": "Le port rouvrira dimanche prochain, a annoncé le ministère.",
		"es": "El puerto volverá a abrir el próximo domingo, dijo el ministerio.",
		"de": "Der Hafen wird nächsten Sonntag wieder geöffnet, teilte das Ministerium mit.",
		"tr": "Bakanlık, limanın gelecek pazar günü yeniden açılacağını açıkladı.",
		"fa": "وزارتخانه اعلام کرد که این بندر یکشنبه آینده دوباره باز می\u200cشود.",
		"he": "משרד התחבורה הודיע כי הנמל ייפתח מחדש ביום ראשון הבא.",
		"zh": "该部表示，港口将于下周日重新开放。",
		"ja": "同省によると、港は次の日曜日に再開される予定だ。",
		"ko": "부처는 항구가 다음 주 일요일에 다시 문을 연다고 밝혔다.",
		"hi": "मंत्रालय ने कहा कि बंदरगाह अगले रविवार को फिर से खुलेगा।",
		"pl": "Ministerstwo poinformowało, że port zostanie ponownie otwarty w przyszłą niedzielę.",
		"it": "Il porto riaprirà domenica prossima, ha annunciato il ministero.",
		"pt": "O porto reabrirá no próximo domingo, informou o ministério.",
		"nl": "De haven gaat volgende zondag weer open, meldde het ministerie.",
	} {
		if got, score := lang.Detect(s); got != want || score < 0.5 {
			t.Errorf("%s: got %s %.2f", want, got, score)
		}
	}
	for _, s := range []string{"", "  \n"} {
		if got, _ := lang.Detect(s); got != "und" {
			t.Errorf("%q: %s", s, got)
		}
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("a b")
	f.Add("\xff")
	f.Add(strings.Repeat("ж", 4000))
	f.Fuzz(func(t *testing.T, s string) {
		tag, score := lang.Detect(s)
		if tag == "" || !utf8.ValidString(tag) || score < 0 || score > 1.01 {
			t.Fatal(tag, score)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	s := "The harbour will open again next Sunday, the ministry said, and the first ship is expected at dawn."
	for b.Loop() {
		lang.Detect(s)
	}
}

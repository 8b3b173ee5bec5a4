package page

import (
	"strings"
	"testing"

	"marsad/news"
)

// TestNoticesOfTheWorld: in a text without markup the lines that a site says of every text go, with their kind, and nothing of the text.
func TestNoticesOfTheWorld(t *testing.T) {
	const ar = "أغلق المهندسون جسر الميناء الثلاثاء بعد اكتشاف شرخ في أحد كابلاته الرئيسية، وفق ما أعلن مسؤولون.\n\nويقرر المجلس البلدي الجمعة ما إذا كانت العبارات ستحل محل الجسر مدة شهر."
	const ru = "Инженеры закрыли мост во вторник после того, как в одном из тросов нашли трещину, сообщили власти.\n\nВ пятницу городской совет решит, смогут ли паромы заменить мост на целый месяц."
	const fr = "Les ingénieurs ont fermé mardi le pont du port après la découverte d'une fissure, ont annoncé les autorités.\n\nLe conseil municipal décidera vendredi si des bacs peuvent remplacer le pont pendant un mois."
	for _, c := range []struct {
		lang, text, head, tail string
		kinds                  []news.RemovedKind
	}{
		{"ar", ar, "مباشر", "عن الكاتب: سامي حداد صحافي متخصص في شؤون النقل.", []news.RemovedKind{news.Boilerplate, news.BylineLine}},
		{"ru", ru, "Мы используем файлы cookie. Продолжая пользоваться сайтом, вы соглашаетесь с политикой конфиденциальности.", "Теги: мост, порт", []news.RemovedKind{news.Consent, news.Boilerplate}},
		{"ru", ru, "Перевод с арабского: Лина Хаддад", "Этот материал был впервые опубликован в газете «Пустельга».", []news.RemovedKind{news.BylineLine, news.SourceLine}},
		{"fr", fr, "Des ingénieurs sur le pont mardi. (Photo : Anne Puits/Reuters)", "Mots-clés : pont, port", []news.RemovedKind{news.Caption, news.Boilerplate}},
	} {
		a := &news.Article{Headline: "-", Lang: c.lang}
		readPlain(a, c.head+"\n\n"+c.text+"\n\n"+c.tail, lexiconOf(c.lang))
		if a.Text != c.text {
			t.Errorf("%s: text is %q", c.lang, a.Text)
		}
		for i, words := range []string{c.head, c.tail} {
			found := false
			for _, r := range a.Removed {
				found = found || strings.Contains(r.Text, words) && r.Kind == c.kinds[i]
			}
			if !found {
				t.Errorf("%s: %q is not in %v as %s", c.lang, words, a.Removed, c.kinds[i])
			}
		}
	}
}

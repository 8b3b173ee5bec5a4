package claim_test

import (
	"fmt"
	"testing"

	"marsad/claim"
	"marsad/entity"
	"marsad/lang/pack"
	"marsad/news"
	"marsad/quote"
	"marsad/text"
)

func Example() {
	doc := text.Analyze("Ruritania accused Freedonia of hiding the figures. Freedonia denied the accusations.", pack.For("en"))
	for i, c := range claim.Find(doc, nil, quote.Find(doc, nil)) {
		fmt.Println(i, doc.Text[c.Claimant.Start:c.Claimant.End], c.Stance, doc.Text[c.Start:c.End], c.Answers)
	}
	// Output:
	// 0 Ruritania accuses hiding the figures -1
	// 1 Freedonia denies the accusations 0
}

// TestNothingIsClaimed: what is only possible, asked, refused or done is no claim, and nobody is charged by a sentence that does
// not say by whom.
func TestNothingIsClaimed(t *testing.T) {
	for _, c := range []struct{ lang, text string }{
		{"en", "If Holm denies the charges, the trial begins in May."},
		{"en", "Holm would not say who had called."},
		{"en", "Did Holm say that the bridge was closed?"},
		{"en", "The company was accused of hiding losses."},
		{"en", "The storm threatens the coastal villages."},
		{"en", "Holm refused to comment on the leak."},
		{"de", "Der im letzten Prozess verurteilte Holm kam frei."},
		{"de", "Die von Ruritanien kritisierte Regierung schwieg."},
		{"es", "Acusado de fraude, el ministro dimitió."},
		{"zh", "外长说这些指控毫无根据。"},
		{"ar", "العاصفة تهدد القرى الساحلية."},
		{"ar", "إذا نفى الوزير التهم فستبدأ المحاكمة."},
		{"ar", "لم يقل الوزير إنه سيستقيل."},
		{"ru", "Ураган угрожает прибрежным деревням."},
		{"ru", "Министр не сказал, что уйдёт."},
	} {
		doc := text.Analyze(c.text, pack.For(c.lang))
		if got := claim.Find(doc, nil, quote.Find(doc, nil)); len(got) > 0 {
			t.Errorf("%s: %s [%s]", c.text, got[0].Stance, doc.Text[got[0].Start:got[0].End])
		}
	}
}

// TestNotAndPerhaps keeps what turns a claim round or leaves it open.
func TestNotAndPerhaps(t *testing.T) {
	for _, c := range []struct {
		lang, text      string
		stance          news.Stance
		negated, hedged bool
		words           string
	}{
		{"en", "The ministry did not deny that trucks had crossed.", news.Denies, true, false, "trucks had crossed"},
		{"en", "Neighbours said that he had reportedly left.", news.Says, false, true, "he had reportedly left"},
		{"en", "Holm warned residents not to drink the water.", news.Warns, false, false, "not to drink the water"},
		{"de", "Holm schloss eine Feuerpause nicht aus.", news.Denies, true, false, "eine Feuerpause"},
		{"es", "Holm prometió pleno apoyo a Ruritania.", news.Promises, false, false, "pleno apoyo a Ruritania"},
		{"en", "The bank declined to confirm the figures.", news.Confirms, true, false, "the figures"},
		{"ar", "لم تنف الوزارة أن شاحنات عبرت الحدود.", news.Denies, true, false, "شاحنات عبرت الحدود"},
		{"ar", "نددت القمة بالتصدير المزعوم للصواريخ.", news.Condemns, false, true, "بالتصدير المزعوم للصواريخ"},
		{"ru", "Министерство не отрицало, что грузовики прошли.", news.Denies, true, false, "грузовики прошли"},
		{"ru", "Соседи рассказали, что он якобы уехал.", news.Says, false, true, "он якобы уехал"},
	} {
		doc := text.Analyze(c.text, pack.For(c.lang))
		got := claim.Find(doc, nil, quote.Find(doc, nil))
		if len(got) != 1 {
			t.Errorf("%s: %d claims", c.text, len(got))
			continue
		}
		g := got[0]
		if words := doc.Text[g.Start:g.End]; g.Stance != c.stance || g.Negated != c.negated || g.Hedged != c.hedged || words != c.words {
			t.Errorf("%s: %s negated %v hedged %v [%s]", c.text, g.Stance, g.Negated, g.Hedged, words)
		}
	}
}

// TestOneClaimant: the relative clause at the end of what somebody agreed to is no word of theirs.
func TestOneClaimant(t *testing.T) {
	doc := text.Analyze("Holm Works has agreed to plead guilty to a criminal charge and pay a fine of 243 dollars to end an inquiry into two accidents that killed 346 people, a ministry official said on Sunday.", pack.For("en"))
	got := claim.Find(doc, nil, quote.Find(doc, nil))
	if len(got) != 1 || doc.Text[got[0].Claimant.Start:got[0].Claimant.End] != "a ministry official" {
		t.Errorf("%d claims: %+v", len(got), got)
	}
}

// TestTwoNouns: in Arabic, where nothing stands between who accuses and whom, a title that ends in a word with the article is whole.
func TestTwoNouns(t *testing.T) {
	for _, c := range []struct{ text, claimant, target string }{
		{"واتهم وزير الصحة إسرائيل بقصف سيارات الإسعاف.", "وزير الصحة", "إسرائيل"},
		{"واتهم وزير خارجية إيران واشنطن بالكذب.", "وزير خارجية إيران", "واشنطن"},
		{"واتهم المتحدث باسم الحكومة حماس بعرقلة الاتفاق.", "المتحدث باسم الحكومة", "حماس"},
		{"واتهم الرئيس الأمريكي إيران بالمماطلة.", "الرئيس الأمريكي", "إيران"},
	} {
		doc := text.Analyze(c.text, pack.For("ar"))
		names := entity.Default().Find(doc)
		got := claim.Find(doc, names, quote.Find(doc, names))
		if len(got) != 1 || got[0].Claimant == nil || got[0].Target == nil || doc.Text[got[0].Claimant.Start:got[0].Claimant.End] != c.claimant || doc.Text[got[0].Target.Start:got[0].Target.End] != c.target {
			t.Errorf("%s: %+v", c.text, got)
		}
	}
}

// TestUnspaced: where words are not told apart, who claims ends at the verb, and what is claimed at the next clause with a verb of its
// own; a promise that is made is a noun.
func TestUnspaced(t *testing.T) {
	for _, c := range []struct {
		text, who string
		stance    news.Stance
		words     string
	}{
		{"反对党指责政府隐瞒事故伤亡数字。", "反对党", news.Accuses, "政府隐瞒事故伤亡数字"},
		{"渔民协会指控石油公司在夜间排放废水，该公司予以否认。", "渔民协会", news.Accuses, "石油公司在夜间排放废水"},
		{"市长周敏谴责这一袭击，要求公司赔偿全部损失。", "市长周敏", news.Condemns, "这一袭击"},
		{"工会威胁要从周一起罢工。", "工会", news.Threatens, "从周一起罢工"},
		{"厂长王敏12日受访时承诺赔偿全部损失。", "厂长王敏", news.Promises, "赔偿全部损失"},
		{"厂长承诺赔偿全部损失。", "厂长", news.Promises, "赔偿全部损失"},
		{"各国作出气候承诺，履行承诺需要时间。", "", "", ""},
		{"他因被指控受贿而辞职。", "", "", ""},
		{"台风威胁沿海村庄。", "", "", ""},
	} {
		doc := text.Analyze(c.text, pack.For("zh"))
		got := claim.Find(doc, nil, quote.Find(doc, nil))
		if len(got) == 0 {
			if c.who != "" {
				t.Errorf("%s: no claim", c.text)
			}
			continue
		}
		g := got[0]
		if who, words := doc.Text[g.Claimant.Start:g.Claimant.End], doc.Text[g.Start:g.End]; who != c.who || g.Stance != c.stance || words != c.words {
			t.Errorf("%s: %s %s [%s]", c.text, who, g.Stance, words)
		}
	}
}

// TestVerbsInTwoParts: the second part closes the clause, and without it the verb is another.
func TestVerbsInTwoParts(t *testing.T) {
	for _, c := range []struct {
		lang, text, who string
		stance          news.Stance
		words           string
	}{
		{"de", "Die Opposition warf der Regierung vor, Zahlen zu fälschen.", "Die Opposition", news.Accuses, "Zahlen zu fälschen"},
		{"de", "Die Firma beschuldigte den Betreiber, Filter nicht gewechselt zu haben.", "Die Firma", news.Accuses, "Filter nicht gewechselt zu haben"},
		{"de", "Der Minister wies die Vorwürfe zurück.", "Der Minister", news.Denies, "die Vorwürfe"},
		{"de", "Der Minister warf einen Stein.", "", "", ""},
		{"de", "Am Montag warf die Opposition der Regierung vor, Zahlen zu fälschen.", "", "", ""},
		{"nl", "De directie wees de beschuldigingen af.", "De directie", news.Denies, "de beschuldigingen"},
		{"nl", "De rechter wees het verzoek af.", "", "", ""},
	} {
		doc := text.Analyze(c.text, pack.For(c.lang))
		got := claim.Find(doc, nil, quote.Find(doc, nil))
		if len(got) == 0 {
			if c.who != "" {
				t.Errorf("%s: no claim", c.text)
			}
			continue
		}
		g := got[0]
		if who, words := doc.Text[g.Claimant.Start:g.Claimant.End], doc.Text[g.Start:g.End]; who != c.who || g.Stance != c.stance || words != c.words {
			t.Errorf("%s: %s %s [%s]", c.text, who, g.Stance, words)
		}
	}
}

package clause

import (
	"fmt"
	"strings"
	"testing"

	"marsad/lang/pack"
	"marsad/text"

	"github.com/google/go-cmp/cmp"
)

func Example() {
	r := Read(text.Analyze("The ministry did not deny that trucks had crossed.", pack.For("en")), nil)
	c := r.Cues[0]
	fmt.Println(r.Doc.Of(c.Subject.Words), c.Verb.Stance, c.Negated)
	// Output:
	// The ministry denies true
}

// TestRuns pairs the marks of many languages. An inner text in brackets is what is expected.
func TestRuns(t *testing.T) {
	for _, c := range []struct {
		name, lang, text string
		want             []string
	}{
		{"curly", "en", "“We go,” he said. “Now.”", []string{"We go,", "Now."}},
		{"straight by parity", "en", `"We go," he said. "Now."`, []string{"We go,", "Now."}},
		{"straight without spaces", "ar", `وقال:"نحن هنا".`, []string{"نحن هنا"}},
		{"written to the mark", "ar", "بـ“الخطوة الكبيرة” أمس", []string{"الخطوة الكبيرة"}},
		{"turned round", "ar", "قال ”نحن هنا“ ثم ذهب", []string{"نحن هنا"}},
		{"guillemets", "ru", "«Мы здесь», — сказал он", []string{"Мы здесь"}},
		{"guillemets with spaces", "fr", "Il dit : « Nous sommes là » hier", []string{"Nous sommes là"}},
		{"guillemets turned round", "de", "Er sagte: »Wir sind da.«", []string{"Wir sind da."}},
		{"low and high", "de", "Er sagte: „Wir sind da.“", []string{"Wir sind da."}},
		{"low and high, Polish", "pl", "Powiedział: „Jesteśmy tu”.", []string{"Jesteśmy tu"}},
		{"high and high", "en", "Hon sade: ”Vi är här.”", []string{"Vi är här."}},
		{"corners", "ja", "首相は「準備はできている」と述べた。", []string{"準備はできている"}},
		{"British single", "en", "He said: ‘We aren’t going to the workers’ hall tonight.’", []string{"We aren’t going to the workers’ hall tonight."}},
		{"nested", "en", "“He called it ‘a very bad day’ again,” she said.", []string{"He called it ‘a very bad day’ again,"}},
		{"nested in its own kind", "ru", "«Газета «Утро» права», — сказал он", []string{"Газета «Утро» права"}},
		{"dashes inside", "ru", "«Мы здесь, — сказал он. — Идём».", []string{"Мы здесь,", "Идём"}},
		{"a plural is no quotation", "en", "The workers' hall and the players' club.", nil},
		{"inches", "en", `A 6" pipe broke in Oslo.`, nil},
		{"a stray opener", "en", "“He said no more. He left.", nil},
		{"unclosed behind a colon", "en", "He said: “We go now.", []string{"We go now."}},
		{"over paragraphs", "en", "“We go now.\n\n“And then we come back.”", []string{"We go now.", "And then we come back."}},
		{"a newspaper's name", "ru", "Газета «Утро» пишет, что", nil},
		{"parity starts anew in each paragraph", "en", "He is 6\" tall \"as said\n\nHe said: \"We go.\"", []string{"We go."}},
	} {
		r := Read(text.Analyze(c.text, pack.For(c.lang)), nil)
		var got []string
		for _, run := range r.Runs {
			got = append(got, r.Doc.Of(run.Inner()))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s\n%s", c.name, c.text, d)
		}
	}
}

// TestCuesAndSubjects says of small sentences who does what. "-" is nobody: it is better not to know.
func TestCuesAndSubjects(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"en", "The mayor said it was late.", "say The mayor"},
		{"en", "The mayor, a baker, also said it was late.", "say The mayor"},
		{"en", "On Monday officials in Oslo said it was late.", "say officials in Oslo"},
		{"en", "Officials did not confirm the figures.", "confirm Officials not"},
		{"en", "The United States rejected the claims.", "reject The United States"},
		{"en", "If Holm denies the charges, she goes.", "deny Holm unreal"},
		{"en", "The storm threatens the coast. Police confirmed the deaths.", "threaten The storm;confirm Police"},
		{"ar", "قال الوزير إن الجسر آمن.", "قال الوزير"},
		{"ar", "وقال مسؤول في وزارة الدفاع إن الجسر آمن.", "قال مسؤول في وزارة الدفاع"},
		{"ar", "اتهم الوزير المعارضة بعرقلة المشروع.", "اتهم الوزير"},
		{"ar", "لم ينف المتحدث باسم الشركة الخبر.", "نفى المتحدث باسم الشركة not"},
		{"ru", "Мэр города заявил, что мост закрыт.", "заявить Мэр города"},
		{"ru", "Об этом сообщил мэр города.", "сообщить мэр города"},
		{"ru", "В мэрии не подтвердили данные.", "подтвердить мэрии not"},
		{"ru", "Киевлян призвали остаться дома.", "призвать -"},
	} {
		r := Read(text.Analyze(c.text, pack.For(c.lang)), nil)
		var got []string
		for _, q := range r.Cues {
			s := "-"
			if q.Subject.Known {
				s = r.Doc.Of(q.Subject.Words)
			}
			s = q.Verb.Lemma + " " + s
			if q.Negated {
				s += " not"
			}
			if q.Irrealis {
				s += " unreal"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, ";"); s != c.want {
			t.Errorf("%s: got %q, want %q", c.text, s, c.want)
		}
	}
}

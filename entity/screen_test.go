package entity

import (
	"strings"
	"testing"
)

var screened = []Alias{
	{ID: "1", Name: "Aiman Muhammed Rabi al-Zawahiri"}, {ID: "1", Name: "Ayman Al-Zawahari"},
	{ID: "2", Name: "Usama Muhammed Awad bin Laden"}, {ID: "3", Name: "Abd al-Rahman Hussein Saleh"},
	{ID: "4", Name: "Mahmoud Hassan Ali"}, {ID: "5", Name: "Mohammed Hassan Ali"}, {ID: "6", Name: "Sergey Viktorovich Lavrov"},
	{ID: "7", Name: "Kim Jong Un"}, {ID: "8", Name: "Hassan Nasrallah"}, {ID: "9", Name: "Global Shipping Ltd"}, {ID: "10", Name: "صالح كريم الموسوي"},
}

func TestScreenMatches(t *testing.T) {
	s := NewScreen(screened)
	for query, id := range map[string]string{
		"أيمن محمد ربيع الظواهري":     "1",
		"الشيخ الدكتور أيمن الظواهري": "1",
		"Dr. Ayman al-Zawahiri":       "1",
		"ايمن الظواهري":               "1",
		"أسامة محمد عوض بن لادن":      "2",
		"عبدالرحمن حسين صالح":         "3",
		"عبد الرحمن حسين صالح":        "3",
		"محمود حسن علي":               "4",
		"محمد حسن علي":                "5",
		"علي محمد حسن":                "5",
		"Сергей Викторович Лавров":    "6",
		"김정은":            "7",
		"حسن نصر الله":   "8",
		"Hasan Nasrulla": "8",
		"סרגיי ויקטורוביץ' לברוב":    "6",
		"SALEH, Abdulrahman Hussein": "3",
	} {
		hits := s.Match(query, 3)
		if len(hits) == 0 || hits[0].ID != id || hits[0].Score < .4 {
			t.Errorf("%s: %+v, want %s", query, hits, id)
		}
		for i := 1; i < len(hits); i++ {
			if hits[i].Score > hits[i-1].Score || hits[i].ID == hits[i-1].ID {
				t.Errorf("%s: out of order or twice: %+v", query, hits)
			}
		}
	}
	for _, query := range []string{"جورج واشنطن", "محمد سعيد كامل", "Иван Петров", "حسن", "", "٣٤ ..", "Laden"} {
		if hits := s.Match(query, 1); len(hits) > 0 && hits[0].Score >= .6 {
			t.Errorf("%q is taken for %+v", query, hits[0])
		}
	}
}

func TestScreenForgets(t *testing.T) {
	s := NewScreen(screened)
	first := s.Match("أيمن الظواهري", 5)
	s.Match("محمد حسن علي", 5)
	again := s.Match("أيمن الظواهري", 5)
	if len(first) != len(again) || first[0] != again[0] {
		t.Errorf("%+v, then %+v", first, again)
	}
}

func TestSame(t *testing.T) {
	for _, c := range [][2]string{{"Владимир Путин", "Vladimir Putin"}, {"محمود عباس", "Mahmoud Abbas"}, {"בנימין נתניהו", "Benjamin Netanyahu"}, {"Сергей Лавров", "سيرغي لافروف"}} {
		if s := Same(c[0], c[1]); s < SameName && !(strings.ContainsRune(c[1], 'س') && s > .5) {
			t.Errorf("%v: %.2f", c, s)
		}
		if !shareKey(Keys(c[0]), Keys(c[1])) {
			t.Errorf("%v share no key: %v %v", c, Keys(c[0]), Keys(c[1]))
		}
	}
	for _, c := range [][2]string{{"Владимир Путин", "Valdis Dombrovskis"}, {"محمود عباس", "Mahmoud Darwish"}, {"", "x"}} {
		if s := Same(c[0], c[1]); s >= SameName {
			t.Errorf("%v: %.2f", c, s)
		}
	}
}

func shareKey(a, b []string) bool {
	for _, k := range a {
		if contains(b, k) {
			return true
		}
	}
	return false
}

func FuzzMatch(f *testing.F) {
	s := NewScreen(screened)
	for _, a := range screened {
		f.Add(a.Name)
	}
	f.Add("عبد ال بن ")
	f.Add("abd al- b. ibn o'")
	f.Fuzz(func(t *testing.T, name string) {
		for _, h := range s.Match(name, 4) {
			if !(h.Score > 0 && h.Score <= 1.000001) || h.ID == "" {
				t.Fatalf("%q: %+v", name, h)
			}
		}
		Same(name, "Ayman al-Zawahiri")
		Keys(name)
	})
}

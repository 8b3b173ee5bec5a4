package cli

import "testing"

// The demo's reader gets mail in the language of the terminal that started it.
func TestSpoken(t *testing.T) {
	for _, c := range []struct{ all, lang, want string }{
		{"", "", "en"}, {"", "ar_EG.UTF-8", "ar"}, {"fr_FR.UTF-8", "ar_EG.UTF-8", "fr"}, {"C.UTF-8", "ar_EG", "en"}, {"", "xx_YY", "en"}, {"", "qps", "en"}, {"", "zh", "zh"},
	} {
		env := map[string]string{"LC_ALL": c.all, "LANG": c.lang}
		if got := spoken(func(name string) string { return env[name] }); got != c.want {
			t.Errorf("LC_ALL=%q LANG=%q: %q, want %q", c.all, c.lang, got, c.want)
		}
	}
}
